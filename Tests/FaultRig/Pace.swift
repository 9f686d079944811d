/// How long the parts of a trial take.
struct Pace: Sendable {
    /// After how long the window closes for new starts, at least; a whole minute of the database's clock.
    var windowAfter: Duration
    /// Whether the trial goes on until the window has closed.
    var waitsForWindow: Bool
    /// For how long it is waited for what should come about.
    var patience: Duration

    /// For a trial that is to pass: on a busy machine too it fails only where something is wrong.
    static let whole = Pace(windowAfter: .seconds(9), waitsForWindow: true, patience: .seconds(40))
    /// For a database that is broken: what it does not do it never will.
    static func brief(waitsForWindow: Bool) -> Pace {
        Pace(windowAfter: .seconds(waitsForWindow ? 5 : 600), waitsForWindow: waitsForWindow, patience: .seconds(6))
    }
}
