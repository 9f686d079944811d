# Sourced by the commands beside it: JSON from a shell, right for whatever bytes a file's name may have.

# Prints $1 as a JSON string. Quotes, backslashes and control characters are escaped, and bytes that are not UTF-8
# become U+FFFD, because JSON has no other text (RFC 8259 §8.1).
json_string() {
    JSON_VALUE=$1 LC_ALL=C awk '
        # How many bytes the character at i has; 0 if none begins there (RFC 3629 §4).
        function span(i,   lead, next_byte, count, j) {
            lead = code[substr(text, i, 1)]
            if (lead < 128) return 1
            if (lead < 194 || lead > 244) return 0
            count = lead < 224 ? 2 : lead < 240 ? 3 : 4
            next_byte = code[substr(text, i + 1, 1)]
            if (lead == 224 && next_byte < 160 || lead == 237 && next_byte > 159) return 0
            if (lead == 240 && next_byte < 144 || lead == 244 && next_byte > 143) return 0
            for (j = 1; j < count; j++) {
                next_byte = code[substr(text, i + j, 1)]
                if (next_byte < 128 || next_byte > 191) return 0
            }
            return count
        }
        BEGIN {
            for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
            text = ENVIRON["JSON_VALUE"]
            for (i = 1; i <= length(text); i += count > 0 ? count : 1) {
                count = span(i)
                character = substr(text, i, count)
                if (count == 0) character = "\\ufffd"
                else if (character == "\"" || character == "\\") character = "\\" character
                else if (code[character] > 0 && code[character] < 32 || character == sprintf("%c", 127))
                    character = sprintf("\\u%04x", code[character])
                out = out character
            }
            printf "\"%s\"", out
        }'
}

# Prints $1 for people: on one line, and without what would steer a terminal.
plain() {
    printf '%s' "$1" | LC_ALL=C tr '\001-\037\177' '?'
}

findings=""

# Notes a finding: its key, which stays the same from run to run; info, warning or critical; and what is wrong.
finding() {
    findings="$findings${findings:+, }"
    findings="$findings{\"key\": $(json_string "$1"), \"severity\": \"$2\", \"text\": $(json_string "$3")}"
}

# Prints the last line, which the worker reads: $1 is the result, as JSON.
report() {
    printf '{"result": %s, "findings": [%s]}\n' "$1" "$findings"
}
