/// What Rota promises, by the numbers of docs/faults.md.
public enum Promise: Int, CaseIterable, Sendable {
    case oneRunEach = 1
    case oneLease = 2
    case staleRefused = 3
    case acknowledgedStays = 4
    case insideWindow = 5
    case nothingVanishes = 6
    case limitsHeld = 7
    case unknownIsNoResult = 8
    case lostCommandsDie = 9
    case neverRepeated = 10
    case evidenceIsWhole = 11
    case takenUpAgain = 12
}

/// A promise that was broken, and by what.
public struct Violation: Sendable, CustomStringConvertible {
    public var promise: Promise
    public var what: String

    public var description: String { "promise \(promise.rawValue) (\(promise)): \(what)" }
}
