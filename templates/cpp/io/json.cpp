// SPDX-License-Identifier: MIT-0
#include "io/json.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace edgegen {
namespace {

/// Bytes of the valid UTF-8 character at the start of `text`, or 0.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    // Overlong forms, surrogates and what lies above U+10FFFF.
    const unsigned second = byte(1);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
    if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
    return length;
}

/// With as few digits as read back as the same number. printf and strtod follow the locale (a decimal comma); both do,
/// so the comparison holds, and the comma is put right at the end.
template <class Float>
std::string shortest(Float number, int fewest_digits, int most_digits, Float (*parse)(const char*, char**)) {
    char text[40];
    for (int digits = fewest_digits; digits <= most_digits; ++digits) {
        std::snprintf(text, sizeof text, "%.*g", digits, static_cast<double>(number));
        if (parse(text, nullptr) == number) break;
    }
    std::string result = text;
    for (char& c : result) {
        if ((c < '0' || c > '9') && c != '-' && c != '+' && c != 'e') c = '.';
    }
    return result == "-0" ? "-0.0" : result;  // as an integer it would lose its sign
}

}  // namespace

JsonWriter& JsonWriter::begin_object() { return begin(Level::kObject, '{'); }
JsonWriter& JsonWriter::end_object() { return end(Level::kObject, '}'); }
JsonWriter& JsonWriter::begin_array() { return begin(Level::kArray, '['); }
JsonWriter& JsonWriter::end_array() { return end(Level::kArray, ']'); }

JsonWriter& JsonWriter::key(std::string_view name) {
    if (open_.empty() || open_.back().level != Level::kObject || after_key_) throw std::logic_error("JSON: a key here");
    if (!open_.back().empty) text_ += ", ";
    open_.back().empty = false;
    quote(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    before_value();
    quote(text);
    return *this;
}

JsonWriter& JsonWriter::value(float number) {
    return std::isfinite(number) ? raw(shortest<float>(number, 6, 9, std::strtof)) : null();
}

JsonWriter& JsonWriter::value(double number) {
    return std::isfinite(number) ? raw(shortest<double>(number, 15, 17, std::strtod)) : null();
}

JsonWriter& JsonWriter::value(std::int64_t number) { return raw(std::to_string(number)); }
JsonWriter& JsonWriter::value(bool truth) { return raw(truth ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

const std::string& JsonWriter::text() const {
    if (text_.empty() || !open_.empty()) throw std::logic_error("JSON: the document is not finished");
    return text_;
}

void JsonWriter::before_value() {
    if (open_.empty()) {
        if (!text_.empty()) throw std::logic_error("JSON: a second document");
    } else if (open_.back().level == Level::kObject) {
        if (!after_key_) throw std::logic_error("JSON: a value without a key");
        after_key_ = false;
    } else {
        if (!open_.back().empty) text_ += ", ";
        open_.back().empty = false;
    }
}

JsonWriter& JsonWriter::begin(Level level, char bracket) {
    before_value();
    open_.push_back({level, true});
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::end(Level level, char bracket) {
    if (open_.empty() || open_.back().level != level || after_key_) throw std::logic_error("JSON: an end here");
    open_.pop_back();
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
    before_value();
    text_ += text;
    return *this;
}

void JsonWriter::quote(std::string_view text) {
    text_ += '"';
    while (!text.empty()) {
        const std::size_t length = character_bytes(text);
        const char c = text.front();
        if (length == 0) {
            text_ += "\xef\xbf\xbd";  // U+FFFD
        } else if (length > 1) {
            text_ += text.substr(0, length);
        } else if (c == '"' || c == '\\') {
            text_ += '\\';
            text_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            text_ += escape;
        } else {
            text_ += c;
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    text_ += '"';
}

}  // namespace edgegen
