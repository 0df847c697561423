// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Texts of files that say wrongly, or not at all, how their letters are stored.
namespace nunatak::exchange {

/// True when texts can be read in this encoding, such as "CP1251".
bool isKnownEncoding(const std::string& name);

/// What a file's texts tell of their encoding: collected first, then asked.
class TextEncoding {
public:
    /// `declared`: what the file says, empty where it says nothing; `wanted`: what the user says, or empty.
    TextEncoding(std::string declared, std::string wanted);

    void see(std::string_view bytes);
    /// As in a sentence: empty where all is ASCII, else "UTF-8", "Windows-1252", "CP1251" …
    std::string name() const;
    /// True when the file does not say it, or the texts are otherwise than it says.
    bool isGuess() const;

    /// The text in UTF-8. A letter that a field's width cut in two is left out; what the encoding does not
    /// have is read as Windows-1252.
    std::string decoded(std::string_view bytes) const;

private:
    std::string codePage() const;

    std::string m_declared;
    std::string m_wanted;
    long m_utf8 = 0;  ///< texts with letters of several bytes
    long m_other = 0; ///< texts that are no UTF-8
    long m_cut = 0;   ///< ASCII but for a last byte that begins a letter
};

} // namespace nunatak::exchange
