// SPDX-License-Identifier: GPL-3.0-or-later
#include "row_names.h"

#include <array>
#include <cctype>
#include <string_view>

namespace nunatak::database {

namespace {

/// Tells rows apart; not meant against malice.
class Hash {
public:
    explicit Hash(std::uint64_t seed) : m_state(0xCBF29CE484222325ULL ^ seed) {}
    void add(std::uint8_t byte) {
        constexpr std::uint64_t prime = 0x100000001B3ULL; // FNV-1a
        m_state = (m_state ^ byte) * prime;
    }
    void add(std::uint64_t number) {
        for (int i = 0; i < 8; ++i) {
            add(static_cast<std::uint8_t>(number >> (8 * i)));
        }
    }
    /// Mixed, for neighbouring keys shall not give neighbouring names.
    std::uint64_t value() const {
        std::uint64_t mixed = m_state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31U);
    }

private:
    std::uint64_t m_state;
};

std::string asUuid(std::uint64_t high, std::uint64_t low) {
    // Version 8 of RFC 9562: made by a rule of one's own.
    high = (high & 0xFFFFFFFFFFFF0FFFULL) | 0x8000ULL;
    low = (low & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t half : {high, low}) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            const std::size_t length = text.size();
            if (length == 8 || length == 13 || length == 18 || length == 23) {
                text += '-';
            }
            text += digits[(half >> shift) & 0xFU];
        }
    }
    return text;
}

} // namespace

bool RowNames::isNumbered(const std::string& text) {
    constexpr std::size_t length = 36;
    if (text.size() < length + 2 || (text[length] != '_' && text[length] != '-')) {
        return false;
    }
    for (std::size_t i = 0; i < length; ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
            return false;
        }
    }
    return text.find_first_not_of("0123456789", length + 1) == std::string::npos;
}

std::string RowNames::make(std::int64_t key, std::span<const std::uint8_t> geometry) {
    for (std::uint64_t attempt = 0;; ++attempt) {
        std::array<Hash, 2> halves{Hash(attempt), Hash(~attempt)};
        for (Hash& half : halves) {
            for (const char letter : m_layer) {
                half.add(static_cast<std::uint8_t>(letter));
            }
            half.add(static_cast<std::uint64_t>(key));
            for (const std::uint8_t byte : geometry) {
                half.add(byte);
            }
        }
        std::string uuid = asUuid(halves[0].value(), halves[1].value());
        if (m_taken.insert(uuid).second) {
            return uuid;
        }
    }
}

} // namespace nunatak::database
