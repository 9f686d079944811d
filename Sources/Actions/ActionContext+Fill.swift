import Model

/// Why a text cannot be filled in, as the end of a sentence: `needs '{{ asset.facts.serial }}', which …`.
struct FillProblem: Error {
    var message: String
}

extension ActionContext {
    /// The text with the attempt's values in the places of its fields.
    func filled(_ text: String) throws(FillProblem) -> String {
        let template: Template
        do {
            template = try Template(text, hasAsset: asset != nil)
        } catch {
            throw FillProblem(message: "cannot be read: \(error.message)")
        }
        do {
            return try template.filled(with: values)
        } catch {
            let who = asset ?? client
            throw FillProblem(message: "needs '{{ \(error.name) }}', which \(who) does not have")
        }
    }
}
