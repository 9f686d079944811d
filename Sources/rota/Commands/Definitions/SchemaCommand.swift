import ArgumentParser
import Manifest

/// Prints the JSON Schema of manifests.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of manifests, for editors.",
        discussion: """
            Editors with a YAML language server take it by a first line in a manifest: \
            # yaml-language-server: $schema=rota.schema.json
            """)

    func run() throws { try StandardOutput.write(JSONSchema.text) }
}
