// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv_rows.h"

#include "base/error.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace nunatak {

namespace {

char separatorOf(const std::string& text) {
    const std::string line = text.substr(0, text.find('\n'));
    char most = ',';
    for (const char candidate : {';', '\t'}) {
        if (std::count(line.begin(), line.end(), candidate) > std::count(line.begin(), line.end(), most)) {
            most = candidate;
        }
    }
    return most;
}

} // namespace

std::vector<std::vector<std::string>> csvRows(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) {
        throw Error("The file " + file.string() + " cannot be read. Look at its name and rights.");
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    const char separator = separatorOf(text);
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string value;
    bool isQuoted = false;
    const auto endValue = [&] { row.push_back(std::exchange(value, {})); };
    const auto endRow = [&] {
        endValue();
        if (std::any_of(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); })) {
            rows.push_back(row);
        }
        row.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (letter == '"' && isQuoted && i + 1 < text.size() && text[i + 1] == '"') {
            value += text[++i];
        } else if (letter == '"') {
            isQuoted = !isQuoted;
        } else if (letter == separator && !isQuoted) {
            endValue();
        } else if (letter == '\n' && !isQuoted) {
            endRow();
        } else if (letter != '\r' || isQuoted) {
            value += letter;
        }
    }
    if (isQuoted) {
        throw Error("The file " + file.string() +
                    " has a quote that does not end. Mend it, or save it anew.");
    }
    endRow();
    return rows;
}

std::string csvRow(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) {
        text += text.empty() ? "" : ",";
        if (value.find_first_of(",;\t\"\r\n") == std::string::npos && !value.empty()) {
            text += value;
            continue;
        }
        text += '"';
        for (const char letter : value) {
            text += letter == '"' ? "\"\"" : std::string(1, letter);
        }
        text += '"';
    }
    return text + "\n";
}

} // namespace nunatak
