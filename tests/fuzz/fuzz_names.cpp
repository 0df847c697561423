// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes of a table's texts are, they become UTF-8; and whatever somebody says of
// columns and analyses is understood or one Error.
#include "base/error.h"
#include "base/utf8.h"
#include "exchange/import_options.h"
#include "exchange/text_encoding.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace nunatak;
using namespace nunatak::exchange;

void refusedOrRead(const std::function<void()>& read) {
    try {
        read();
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<const char*, 6> pages{"", "UTF-8", "ISO-8859-1", "CP1251", "CP932", "nonsense"};
    if (size == 0) {
        return 0;
    }
    const char* declared = pages[data[0] % pages.size()];
    const std::string wanted = data[0] % 16 == 15 ? pages[data[0] / 16 % pages.size()] : "";
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::vector<std::string> lines{std::string()};
    for (const char c : text) {
        if (c == '\n' || c == '\0') { // no text of a table has a zero in it
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    TextEncoding encoding(declared, wanted);
    for (const auto& line : lines) {
        encoding.see(line);
    }
    bool isPlain = true;
    for (const auto& line : lines) {
        const auto decoded = encoding.decoded(line);
        if (!isUtf8(decoded)) {
            std::abort();
        }
        bool isAscii = true;
        for (const char c : line) {
            isAscii = isAscii && static_cast<unsigned char>(c) < 0x80;
        }
        if (isAscii && decoded != line) {
            std::abort();
        }
        isPlain = isPlain && isAscii;
    }
    if (encoding.name().empty() != isPlain) {
        std::abort();
    }
    FieldMapping mapping;
    for (const auto& line : lines) {
        refusedOrRead([&] { addMapping(mapping, line); });
        refusedOrRead([&] { analysisChoiceFrom(line); });
    }
    return 0;
}
