#!/bin/sh
# Before each deployment: publishes the GPU workers' image and has the job use it. The SDK builds and pushes it: no docker. An image is
# named after the commit, and is not built again; with uncommitted changes it is, each time.
set -eu

fail() {
    echo "error: $*" >&2
    exit 1
}

: "${AZURE_RESOURCE_GROUP:?is not set; run azd provision, or export what azd env get-values prints}"
: "${CNNMRF_REGISTRY:?is not set; run azd provision, or export what azd env get-values prints}"
: "${CNNMRF_WORKER_JOB:?is not set; run azd provision, or export what azd env get-values prints}"
root=$(cd "$(dirname "$0")/../.." && pwd)
project=$root/gpu-worker/CnnMrf.GpuWorker
repository=cnnmrf-worker
[ "$(uname -sm)" = "Linux x86_64" ] || fail "the image holds Linux binaries of CUDA, which only Linux on x64 can restore. \
Publish it there (a CI job, a dev container): infra/README.md says how."

tag=${CNNMRF_WORKER_TAG:-$(git -C "$root" rev-parse --short=12 HEAD)}
if [ -z "${CNNMRF_WORKER_TAG:-}" ] && [ -n "$(git -C "$root" status --porcelain)" ]; then
    tag=$tag-$(date -u +%Y%m%d%H%M%S)
fi
server=$(az acr show --name "$CNNMRF_REGISTRY" --query loginServer --output tsv)
image=$server/$repository:$tag

if az acr manifest show-metadata --registry "$CNNMRF_REGISTRY" --name "$repository:$tag" --output none 2>/dev/null; then
    echo "worker: $image is there"
else
    token=$(az acr login --name "$CNNMRF_REGISTRY" --expose-token --query accessToken --output tsv)
    DOTNET_CONTAINER_PUSH_REGISTRY_UNAME=00000000-0000-0000-0000-000000000000 DOTNET_CONTAINER_PUSH_REGISTRY_PWORD=$token \
        dotnet publish "$project" --configuration Release --os linux --arch x64 --target:PublishContainer \
        --property:TorchBackend=cuda --property:ContainerRegistry="$server" --property:ContainerRepository=$repository \
        --property:ContainerImageTag="$tag"
    echo "worker: $image published"
fi

az containerapp job update --resource-group "$AZURE_RESOURCE_GROUP" --name "$CNNMRF_WORKER_JOB" --image "$image" --output none
# Provisioning again must not bring the placeholder back.
if command -v azd >/dev/null; then
    azd env set CNNMRF_WORKER_IMAGE "$image"
else
    echo "worker: deploy the template with CNNMRF_WORKER_IMAGE=$image from now on"
fi
echo "worker: $CNNMRF_WORKER_JOB runs $image"
