import Glibc

/// The user as whom servers are run that refuse root.
public enum PlainUser {
    /// What starts `words` as that user; as they are where we are a plain user ourselves.
    public static func words(for words: [String]) throws -> [String] {
        try ServerPrograms.asPlainUser(words).words
    }

    /// Gives it a file or directory.
    public static func own(_ path: String) throws {
        guard let user = try ServerPrograms.plainUser() else { return }
        guard chown(path, user.id, user.group) == 0 else {
            throw TestSupportError("\(path) cannot be given away: error \(errno)")
        }
    }
}
