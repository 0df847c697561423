// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/text_encoding.h"

#include "base/utf8.h"
#include "raster/gdal_messages.h"

#include <cpl_conv.h>
#include <cpl_string.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>

namespace nunatak::exchange {

namespace {

/// Bytes of the letter that begins here; 0 when it is none, −1 when the text ends within it.
int letterAt(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) {
        return 1;
    }
    const int length = first >= 0xC2 && first <= 0xDF   ? 2
                       : first >= 0xE0 && first <= 0xEF ? 3
                       : first >= 0xF0 && first <= 0xF4 ? 4
                                                        : 0;
    for (int i = 1; i < length; ++i) {
        if (at + static_cast<std::size_t>(i) >= bytes.size()) {
            return -1;
        }
        const unsigned char next = byte(at + static_cast<std::size_t>(i));
        // Neither longer than needed, nor half of a pair, nor beyond U+10FFFF.
        const unsigned char least = i == 1 && first == 0xE0 ? 0xA0 : i == 1 && first == 0xF0 ? 0x90 : 0x80;
        const unsigned char most = i == 1 && first == 0xED ? 0x9F : i == 1 && first == 0xF4 ? 0x8F : 0xBF;
        if (next < least || next > most) {
            return 0;
        }
    }
    return length;
}

struct Utf8Look {
    bool isUtf8 = true;      ///< but for a last letter that is cut
    bool isCut = false;      ///< the last letter is
    bool hasLetters = false; ///< of several bytes
    std::size_t whole = 0;   ///< bytes before the cut
};

Utf8Look look(std::string_view bytes) {
    Utf8Look found;
    std::size_t at = 0;
    while (at < bytes.size()) {
        const int length = letterAt(bytes, at);
        if (length < 0) {
            found.isCut = true;
            break;
        }
        if (length == 0) {
            found.isUtf8 = false;
            break;
        }
        found.hasLetters = found.hasLetters || length > 1;
        at += static_cast<std::size_t>(length);
    }
    found.whole = at;
    return found;
}

void append(std::string& text, std::uint32_t letter) {
    if (letter < 0x80) {
        text += static_cast<char>(letter);
    } else if (letter < 0x800) {
        text += static_cast<char>(0xC0 | (letter >> 6));
        text += static_cast<char>(0x80 | (letter & 0x3F));
    } else {
        text += static_cast<char>(0xE0 | (letter >> 12));
        text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (letter & 0x3F));
    }
}

/// Windows-1252 is Latin-1 but for 32 letters (Unicode's mapping tables; 0: undefined). What calls itself
/// Latin-1 and has them means these.
std::string fromWindows1252(std::string_view bytes) {
    constexpr std::array<std::uint16_t, 32> letters{
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 && byte < 0xA0) {
            const std::uint16_t letter = letters[byte - 0x80];
            append(text, letter != 0 ? letter : byte);
        } else {
            append(text, byte);
        }
    }
    return text;
}

bool isLatin1(const std::string& name) {
    std::string plain;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
    }
    constexpr std::array<std::string_view, 7> names{"ISO88591",    "LATIN1", "CP1252",  "88591",
                                                    "WINDOWS1252", "1252",   "ANSI1252"};
    return std::find(names.begin(), names.end(), plain) != names.end();
}

bool isUtf8Name(const std::string& name) {
    return EQUAL(name.c_str(), "UTF-8") || EQUAL(name.c_str(), "UTF8") || EQUAL(name.c_str(), "65001");
}

constexpr const char* windows1252 = "Windows-1252";

} // namespace

bool isKnownEncoding(const std::string& name) {
    if (isLatin1(name) || isUtf8Name(name)) {
        return true;
    }
    // What cannot be converted from comes back as it was.
    const raster::GdalMessages quiet;
    constexpr const char* letter = "\xE4";
    char* text = CPLRecode(letter, name.c_str(), CPL_ENC_UTF8);
    const bool isConverted = text != nullptr && std::string_view(text) != letter;
    CPLFree(text);
    return isConverted;
}

TextEncoding::TextEncoding(std::string declared, std::string wanted)
    : m_declared(std::move(declared)), m_wanted(std::move(wanted)) {}

void TextEncoding::see(std::string_view bytes) {
    const auto found = look(bytes);
    if (!found.isUtf8) {
        ++m_other;
    } else if (found.hasLetters) {
        ++m_utf8;
    } else if (found.isCut) {
        ++m_cut;
    }
}

std::string TextEncoding::codePage() const {
    if (!m_wanted.empty()) {
        return m_wanted;
    }
    // Texts of another encoding are hardly ever UTF-8 by chance, whatever the file says.
    if (m_utf8 > 0 && m_other == 0) {
        return "UTF-8";
    }
    if (!m_declared.empty() && !isUtf8Name(m_declared)) {
        return m_declared;
    }
    // A last byte alone is a letter of Latin-1 (Palü), unless the others say that it is half of one.
    return m_utf8 > m_other ? "UTF-8" : windows1252;
}

std::string TextEncoding::name() const {
    if (m_utf8 + m_other + m_cut == 0) {
        return {};
    }
    const std::string page = codePage();
    return isLatin1(page) ? windows1252 : page;
}

bool TextEncoding::isGuess() const {
    const std::string page = codePage();
    return m_wanted.empty() && m_utf8 + m_other + m_cut > 0 && page != m_declared &&
           !(isUtf8Name(page) && (m_declared.empty() || isUtf8Name(m_declared)));
}

std::string TextEncoding::decoded(std::string_view bytes) const {
    const auto found = look(bytes);
    if (found.isUtf8 && !found.hasLetters && !found.isCut) {
        return std::string(bytes);
    }
    const std::string page = codePage();
    if (isUtf8Name(page)) {
        if (found.isUtf8) {
            return std::string(bytes.substr(0, found.whole));
        }
        return fromWindows1252(bytes); // a stray one among others
    }
    if (isLatin1(page) || page == windows1252) {
        return fromWindows1252(bytes);
    }
    const raster::GdalMessages quiet;
    char* text = CPLRecode(std::string(bytes).c_str(), page.c_str(), CPL_ENC_UTF8);
    std::string made = text != nullptr ? text : "";
    CPLFree(text);
    // A code page that nobody knows: the commonest one is better than marks in place of letters.
    return isUtf8(made) && !made.empty() ? made : fromWindows1252(bytes);
}

} // namespace nunatak::exchange
