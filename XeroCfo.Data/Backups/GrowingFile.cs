using XeroCfo.Data.Backups.Format;

namespace XeroCfo.Data.Backups;

/// <summary>Reads a file that somebody is writing, up to the end that it has when they are done: where nothing more is there yet, it waits.</summary>
internal sealed class GrowingFile : ForwardReader
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _file;
    private readonly Task _writing;

    private GrowingFile(FileStream file, Task writing) => (_file, _writing) = (file, writing);

    /// <param name="path">The file, which is there.</param>
    /// <param name="writing">Ends when it is whole. What it fails with is thrown to the reader, who can have no more.</param>
    public static GrowingFile Open(string path, Task writing) =>
        new(new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 1 << 16, Options = FileOptions.SequentialScan }), writing);

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            // Asked for before the file is read: what is written in between is not missed.
            var whole = _writing.IsCompleted;
            var read = _file.Read(buffer);
            if (read > 0)
            {
                return read;
            }

            if (whole)
            {
                _writing.GetAwaiter().GetResult();
                return 0;
            }

            Thread.Sleep(Pause);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
