/// Neighbours among the targets of an assignment, by their numbers. What belongs to the client as a whole is in each.
struct TargetRange: Sendable {
    static let all = TargetRange(from: .min, through: .max)

    var from: Int64
    /// This one included.
    var through: Int64
}
