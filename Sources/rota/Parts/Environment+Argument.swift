import ArgumentParser

extension Environment {
    /// The value of a variable that stands for an option; nil where it is not set.
    ///
    /// - Throws: `CommandFailure` (exit code 2) where the option would not take it.
    static func argument<Value: ExpressibleByArgument>(
        _ name: String, in environment: [String: String] = all
    ) throws -> Value? {
        guard let text = value(name, in: environment) else { return nil }
        guard let value = Value(argument: text) else {
            let known = Value.allValueStrings
            throw CommandFailure.words(
                "\(name) is '\(text)', which is not understood",
                mend: known.isEmpty ? "set it to what its option takes" : "it may be \(known.joined(separator: ", "))")
        }
        return value
    }

    /// The words of a variable that stands for an option which may be given several times.
    static func list(_ name: String, in environment: [String: String] = all) -> [String]? {
        value(name, in: environment)?.split { $0 == " " || $0 == "," }.map(String.init)
    }
}
