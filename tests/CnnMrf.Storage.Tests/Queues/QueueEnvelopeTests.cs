using System.Text;
using CnnMrf.Storage.StorageQueues;

namespace CnnMrf.Storage.Tests.Queues;

public sealed class QueueEnvelopeTests
{
    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":1,"body":1}""")]
    [InlineData("""{"id":"\ud800","body":1}""")]
    [InlineData("""{"id":"a","body":1,"reason":"\udc00"}""")]
    public void What_somebody_else_put_there_is_a_message_with_itself_as_body(string text)
    {
        var read = QueueEnvelope.Read(text, "its id");

        Assert.Equal(("its id", text), (read.Id, Encoding.UTF8.GetString(read.Body.Span)));
    }
}
