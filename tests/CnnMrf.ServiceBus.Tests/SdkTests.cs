namespace CnnMrf.ServiceBus.Tests;

/// <summary>What these tests stand on.</summary>
public sealed class SdkTests
{
    [Fact]
    public void The_adapter_was_built_on_the_package()
    {
#if SERVICE_BUS
        Assert.NotNull(typeof(ServiceBusQueues));
#else
        Assert.Skip("built with ServiceBusSdk=contracts: nothing of the adapter can run");
#endif
    }
}
