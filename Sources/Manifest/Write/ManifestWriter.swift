import Model

/// Writes definitions as people write manifests.
public enum ManifestWriter {
    /// One document of YAML, without `---`, which reads back as the same definition. What is as it would be anyway is left out.
    public static func text(_ definition: Definition) -> String {
        var printer = YamlPrinter()
        printer.add(DocumentKind.tree(of: definition, withStandards: false))
        return printer.text
    }

    /// Several documents, with `---` between them.
    public static func text(_ definitions: some Sequence<Definition>) -> String {
        definitions.map { text($0) }.joined(separator: "---\n")
    }
}
