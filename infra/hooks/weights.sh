#!/bin/sh
# After provisioning: network weights of this machine go to the container "weights". Without any, the features of our own are used, which
# every worker carries within it. A file that is there already with other content is not replaced: runs have fixed its hash.
set -eu

fail() {
    echo "error: $*" >&2
    exit 1
}

: "${CNNMRF_DATA_ACCOUNT:?is not set; run azd provision, or export what azd env get-values prints}"
tries=${CNNMRF_TRIES:-20}
pause=${CNNMRF_PAUSE_SECONDS:-15}
case $(uname -s) in
Darwin) cache=$HOME/Library/Caches ;;
*) cache=$HOME/.cache ;;
esac
folder=${CNNMRF_WEIGHTS_FOLDER:-${XDG_CACHE_HOME:-$cache}/cnnmrf/weights}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# The right to do so was given a minute ago, and takes a few to be known everywhere.
with_patience() {
    left=$tries
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "the container weights of $CNNMRF_DATA_ACCOUNT does not let you in; the message is above. \
The deployer needs Storage Blob Data Contributor there: set AZURE_PRINCIPAL_ID, provision, and try again."
        sleep "$pause"
    done
}

found=0
for file in "$folder"/*.safetensors; do
    [ -f "$file" ] || continue
    found=1
    blob=$(basename "$file")
    hash=$(sha256 "$file")
    with_patience az storage container show --account-name "$CNNMRF_DATA_ACCOUNT" --auth-mode login --name weights --output none
    # "exists" fails where "show" would fail for one that is not there and for a network that is not there alike.
    there=absent
    overwrite=false
    exists=$(az storage blob exists --account-name "$CNNMRF_DATA_ACCOUNT" --auth-mode login --container-name weights --name "$blob" \
        --query exists --output tsv) || fail "whether the container weights has $blob cannot be told; the message is above. Try again."
    if [ "$exists" = true ]; then
        there=$(az storage blob show --account-name "$CNNMRF_DATA_ACCOUNT" --auth-mode login --container-name weights --name "$blob" \
            --query metadata.sha256 --output tsv) || fail "$blob in the container weights cannot be read; the message is above. Try again."
        overwrite=true
    fi
    if [ "$there" = "$hash" ]; then
        echo "weights: $blob is there"
        continue
    fi
    if [ "$exists" = true ] && [ "${CNNMRF_REPLACE_WEIGHTS:-}" != 1 ]; then
        fail "the container weights has another $blob, which runs may be using. Upload yours under another name, \
or set CNNMRF_REPLACE_WEIGHTS=1: runs that have fixed the old one will fail and say so."
    fi
    az storage blob upload --account-name "$CNNMRF_DATA_ACCOUNT" --auth-mode login --container-name weights --name "$blob" \
        --file "$file" --metadata "sha256=$hash" --overwrite "$overwrite" --no-progress --output none
    echo "weights: $blob uploaded"
done
[ "$found" = 1 ] || echo "weights: none in $folder (./run weights pull fetches VGG-19); the features of our own are used"
