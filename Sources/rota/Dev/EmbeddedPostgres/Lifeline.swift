import Glibc
import Synchronization

/// The writing end of a pipe that nobody writes to: whoever reads it learns that it was cut, or that this process is no
/// more.
final class Lifeline: Sendable {
    private let descriptor: Mutex<Int32?>

    init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    /// Closes it; a second time does nothing.
    func cut() {
        descriptor.withLock { held in
            if let open = held { close(open) }
            held = nil
        }
    }

    deinit { cut() }
}
