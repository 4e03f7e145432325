using CnnMrf.Core.Files;

namespace CnnMrf.Core.Pictures;

/// <summary>Writes pictures and sheets; what goes wrong is told in a picture's words.</summary>
internal static class PictureFile
{
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(
                $"{path} cannot be written: {exception.Message} Check that its folder may be written to and that the disk is not full.",
                exception);
        }
    }
}
