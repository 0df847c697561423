// SPDX-License-Identifier: GPL-3.0-or-later
#include "date_words.h"

#include <array>
#include <cctype>

namespace nunatak {

namespace {

/// The months' names of the languages that inventories are kept in, and their usual abbreviations; in small
/// letters, months divided by bars, names by blanks. English, German, French, Spanish, Italian, Portuguese,
/// Norwegian, Danish, Swedish, Icelandic, Russian.
constexpr std::string_view monthNames =
    "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari janúar января янв|"
    "february feb februar feber février févr fév fevrier febrero febbraio fevereiro fev februari febrúar "
    "февраля фев|"
    "march mar märz maerz mär mars marzo março marco marts марта мар|"
    "april apr avril avr abril abr aprile apríl апреля апр|"
    "may mai mayo maggio mag maio maj maí мая май|"
    "june jun juni juin junio giugno giu junho júní июня июн|"
    "july jul juli juillet juil julio luglio lug julho júlí июля июл|"
    "august aug août aout agosto ago augusti ágúst августа авг|"
    "september sep sept septembre septiembre setiembre settembre set setembro сентября сен сент|"
    "october oct oktober okt octobre octubre ottobre ott outubro out október октября окт|"
    "november nov novembre noviembre novembro nóvember ноября ноя нояб|"
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des "
    "декабря дек|";

/// What only joins the words of a date: 20 de agosto de 2020, 20 августа 2020 г.
std::string withoutJoints(std::string_view text) {
    std::string made(text);
    for (const std::string_view joint : {" de ", " del ", " of "}) {
        for (auto at = made.find(joint); at != std::string::npos; at = made.find(joint)) {
            made.erase(at + 1, joint.size() - 1);
        }
    }
    for (const std::string_view end : {" г.", " г", " года"}) {
        if (made.ends_with(end)) {
            made.resize(made.size() - end.size());
        }
    }
    return made;
}

/// 2020年8月20日 as 2020-8-20, 2020年8月 as 2020-8; anything else as it is.
std::string withoutSigns(std::string_view text) {
    constexpr std::array<std::string_view, 3> signs{"年", "月", "日"};
    std::string made;
    std::size_t next = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (next < signs.size() && text.substr(i).starts_with(signs[next]) && i > 0 && text[i - 1] >= '0' &&
            text[i - 1] <= '9') {
            i += signs[next++].size();
            made += i < text.size() ? "-" : "";
        } else {
            made += text[i++];
        }
    }
    return next > 0 ? made : std::string(text);
}

} // namespace

std::string inSmallLetters(std::string_view text) {
    std::string made(text);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto letter = static_cast<unsigned char>(made[i]);
        const auto next = i + 1 < made.size() ? static_cast<unsigned char>(made[i + 1]) : 0U;
        if (letter < 0x80) {
            made[i] = static_cast<char>(std::tolower(letter));
        } else if (letter == 0xC3 && next >= 0x80 && next <= 0x9E) { // À to Þ
            made[++i] = static_cast<char>(next + 0x20);
        } else if (letter == 0xD0 && next >= 0x90 && next <= 0x9F) { // А to П
            made[++i] = static_cast<char>(next + 0x20);
        } else if (letter == 0xD0 && next >= 0xA0 && next <= 0xAF) { // Р to Я
            made[i] = static_cast<char>(0xD1);
            made[++i] = static_cast<char>(next - 0x20);
        }
    }
    return made;
}

int monthNamed(std::string_view word) {
    const std::string name = inSmallLetters(word);
    int month = 1;
    for (std::size_t i = 0; i < monthNames.size();) {
        const std::size_t end = monthNames.find_first_of(" |", i);
        if (monthNames.substr(i, end - i) == name) {
            return month;
        }
        month += monthNames[end] == '|' ? 1 : 0;
        i = end + 1;
    }
    return 0;
}

std::string plainNotation(std::string_view text) {
    return withoutJoints(withoutSigns(text));
}

} // namespace nunatak
