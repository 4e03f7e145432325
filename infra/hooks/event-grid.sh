#!/bin/sh
# After each deployment: uploads announce themselves to the function with the blob trigger. Doing it again changes nothing. It cannot be
# part of the template: Event Grid calls the endpoint when the subscription is made, and the endpoint's key exists once
# the function is deployed.
set -eu

fail() {
    echo "error: $*" >&2
    exit 1
}

: "${AZURE_RESOURCE_GROUP:?is not set; run azd deploy, or export what azd env get-values prints}"
: "${CNNMRF_FUNCTIONS_NAME:?is not set; run azd deploy, or export what azd env get-values prints}"
: "${CNNMRF_EVENT_TOPIC:?is not set; run azd deploy, or export what azd env get-values prints}"
: "${CNNMRF_URL:?is not set; run azd deploy, or export what azd env get-values prints}"
tries=${CNNMRF_TRIES:-20}
pause=${CNNMRF_PAUSE_SECONDS:-15}
subscription=uploads

# A new app needs minutes until it lists its functions and has made its keys.
wait_for() {
    what=$1
    shift
    left=$tries
    while [ "$left" -gt 0 ]; do
        value=$("$@" 2>/dev/null) || value=
        if [ -n "$value" ] && [ "$value" != None ]; then
            return 0
        fi
        left=$((left - 1))
        [ "$left" -eq 0 ] || sleep "$pause"
    done
    fail "$CNNMRF_FUNCTIONS_NAME has no $what after $tries attempts. Is it deployed and running? Then run this again."
}

wait_for "function with a blob trigger" az functionapp function list \
    --resource-group "$AZURE_RESOURCE_GROUP" --name "$CNNMRF_FUNCTIONS_NAME" \
    --query "[?config.bindings[?type=='blobTrigger']].name | [0]" --output tsv
# The name is app/function.
function=${value##*/}

wait_for "key called blobs_extension" az functionapp keys list \
    --resource-group "$AZURE_RESOURCE_GROUP" --name "$CNNMRF_FUNCTIONS_NAME" \
    --query systemKeys.blobs_extension --output tsv
key=$value

verb=create
if az eventgrid system-topic event-subscription show --resource-group "$AZURE_RESOURCE_GROUP" \
    --system-topic-name "$CNNMRF_EVENT_TOPIC" --name "$subscription" --output none 2>/dev/null; then
    # Not left as it is: the key may have been rotated.
    verb=update
fi

subscribe() {
    # Never shown: the endpoint holds the key.
    az eventgrid system-topic event-subscription "$verb" --resource-group "$AZURE_RESOURCE_GROUP" \
        --system-topic-name "$CNNMRF_EVENT_TOPIC" --name "$subscription" \
        --endpoint-type webhook --endpoint "$CNNMRF_URL/runtime/webhooks/blobs?functionName=Host.Functions.$function&code=$key" \
        --included-event-types Microsoft.Storage.BlobCreated \
        --subject-begins-with /blobServices/default/containers/uploads/blobs/ \
        --output none
}

left=$tries
until subscribe; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "Event Grid could not reach $function; its message is above. Run this again once $CNNMRF_URL answers."
    sleep "$pause"
done
echo "uploads are announced to $function"
