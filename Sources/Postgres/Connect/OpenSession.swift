/// A session on its way from the thread that opened it to the actor that will own it, and that runs on that thread.
struct OpenSession: @unchecked Sendable {
    let session: Session

    init(_ session: Session) {
        self.session = session
    }
}
