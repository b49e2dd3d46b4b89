// SPDX-License-Identifier: MIT-0
// A writer of JSON documents (RFC 8259): commas, quotes and UTF-8 are its business, the order of calls is yours.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace edgegen {

/// Builds one document:
///
///     JsonWriter json;
///     json.begin_object().key("label").value("espresso").key("probability").value(0.95f).end_object();
///     std::puts(json.text().c_str());   // {"label": "espresso", "probability": 0.95}
///
/// A key outside of an object, two values for one key, an end without its begin: std::logic_error.
class JsonWriter {
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);

    /// UTF-8; what is not valid UTF-8 (a file name may hold anything) becomes U+FFFD, so the document always is.
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    /// The shortest decimal that reads back as the same float or double, in any locale. Infinities and NaN, which JSON
    /// has no number for, become null.
    JsonWriter& value(float number);
    JsonWriter& value(double number);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool truth);
    JsonWriter& null();

    /// The document. Throws std::logic_error when it is not finished.
    const std::string& text() const;

private:
    enum class Level : char { kObject, kArray };
    struct Open {
        Level level;
        bool empty;
    };

    void before_value();
    JsonWriter& begin(Level level, char bracket);
    JsonWriter& end(Level level, char bracket);
    JsonWriter& raw(std::string_view text);
    void quote(std::string_view text);

    std::string text_;
    std::vector<Open> open_;
    bool after_key_ = false;
};

}  // namespace edgegen
