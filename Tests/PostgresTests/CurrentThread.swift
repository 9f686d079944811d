import Glibc

/// A number of the thread that asks.
func currentThread() -> UInt {
    UInt(pthread_self())
}
