using System.Globalization;
using System.Text;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Folders;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// The other process of tests that need one, and that some of them kill. Says "ready", and then what it did, a line each.
var (task, root) = (args[0], args[1]);
var options = new FolderStorageOptions { Folder = root, FlushToDisk = false };
var store = new FolderBlobStore(Options.Create(options), TimeProvider.System, NullLogger<FolderBlobStore>.Instance);
var none = CancellationToken.None;
Console.WriteLine("ready");
switch (task)
{
    case "rewrite":
        {
            // Version after version, each of one repeated byte that its metadata names.
            var blob = new BlobAddress("uploads", args[2]);
            for (var version = 0; ; version = (version + 1) % 250)
            {
                var bytes = new byte[int.Parse(args[3], CultureInfo.InvariantCulture) + version];
                Array.Fill(bytes, (byte)version);
                var metadata = new Dictionary<string, string> { ["version"] = version.ToString(CultureInfo.InvariantCulture) };
                await store.WriteAsync(blob, bytes, new() { ContentType = "test/killed", Metadata = metadata }, none);
            }
        }

    case "create":
        for (var i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture); i++)
        {
            if (await store.TryCreateAsync(new("uploads", $"contested/{i}"), Encoding.UTF8.GetBytes(args[3]), new(), none))
            {
                Console.WriteLine(i);
            }
        }

        break;

    case "count":
        for (var i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture);)
        {
            var blob = new BlobAddress("uploads", "counter");
            var read = (await store.ReadAsync(blob, 100, none))!;
            var next = int.Parse(Encoding.UTF8.GetString(read.Bytes.Span), CultureInfo.InvariantCulture) + 1;
            try
            {
                var bytes = Encoding.UTF8.GetBytes(next.ToString(CultureInfo.InvariantCulture));
                await store.WriteAsync(blob, bytes, new() { Condition = BlobCondition.IfMatch(read.Properties.ETag) }, none);
                i++;
            }
            catch (BlobConditionException)
            {
                // Another counted first.
            }
        }

        break;

    case "lease":
        {
            var lease = await store.AcquireLeaseAsync(new("uploads", args[2]), TimeSpan.FromSeconds(2), none);
            Console.WriteLine(lease.Id);
            while (true)
            {
                await Task.Delay(200);
                await store.RenewLeaseAsync(lease, none);
            }
        }
}

Console.WriteLine("done");
