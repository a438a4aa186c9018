using System.IO.Compression;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Compresses the messages of one connection in one zlib context. Each ends in a sync flush,
/// <c>00 00 FF FF</c>.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Transport Compression.</remarks>
internal sealed class ZlibStream : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly ZLibStream _zlib;

    public ZlibStream() => _zlib = new ZLibStream(_output, CompressionLevel.Fastest, leaveOpen: true);

    public byte[] Compress(ReadOnlyMemory<byte> message)
    {
        _zlib.Write(message.Span);
        _zlib.Flush();
        var compressed = _output.ToArray();
        _output.SetLength(0);
        return compressed;
    }

    public void Dispose()
    {
        _zlib.Dispose();
        _output.Dispose();
    }
}
