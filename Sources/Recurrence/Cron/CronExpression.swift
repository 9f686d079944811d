/// A cron expression: five fields (minute, hour, day of the month, month, day of the week), six with seconds first,
/// or a name such as `@daily`.
///
/// The fields are those of Debian's crontab(5), with `L`, `LW`, `nW`, `L-n`, `n#k`, `nL` and `?` as Quartz has them.
/// Equality is that of the text.
public struct CronExpression: Hashable, Sendable {
    /// As it was written, blanks at the ends taken off.
    public let text: String
    let fields: CronFields

    /// Fails with what is wrong, and where, in the first bad field.
    public init(_ text: String) throws(RuleError) {
        var parser = CronParser(text)
        fields = try parser.parse()
        self.text = parser.trimmed
    }
}

extension CronExpression: CustomStringConvertible {
    public var description: String { text }
}

extension CronExpression: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        try self.init(text)
    }

    public func encode(to encoder: any Encoder) throws { try encoder.encode(text: text) }
}
