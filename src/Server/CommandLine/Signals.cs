using System.Runtime.InteropServices;

namespace Cairn.Server.CommandLine;

/// <summary>Ctrl-C, SIGTERM and a closed terminal end the work in order instead of in the middle.</summary>
internal static class Signals
{
    public static IDisposable CancelOnInterrupt(CancellationTokenSource stop)
    {
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel));
    }

    private sealed class Registrations(params PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, registration => registration.Dispose());
    }
}
