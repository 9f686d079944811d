extension Shape where Value == [String: String] {
    /// Keys such as `ring` or `warranty.until` with one line of text each.
    static func keyed(most: Int, value: Int) -> Shape {
        .map(
            .value(most: value), most: most, keyPattern: "^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$",
            isKey: Names.isKey, keyHint: "use letters, digits and '.', '_', '-', '/' inside, at most 63 in all")
    }

    static let labels = keyed(most: 64, value: 128)
    static let facts = keyed(most: 256, value: 1000)
    static let contacts = keyed(most: 64, value: 320)
}

extension Shape where Value == [String] {
    static let names = Shape.list(.name, most: 1000)
    /// One kind of asset, or several.
    static let kinds = Shape.oneOrMore(.name, most: 64)
}

extension Field where Value == String {
    /// The document's kind, which was looked at before the table was chosen.
    static func kind(_ word: String) -> Field {
        .required("kind", .constant(word), "What the document defines") { _ in word }
    }

    static func name(_ get: @escaping @Sendable (Root) -> Value?) -> Field {
        .required("name", .name, "What others call it, unique within its kind", get)
    }
}
