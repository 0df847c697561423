// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the text is, it is a date, an ambiguous one, none, or unknown; what is understood is
// ISO 8601, exists, and means the same when it is read again.
#include "base/dates.h"
#include "base/error.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using nunatak::DateOrder;
using nunatak::DateReading;

void check(const std::string& text, DateOrder order) {
    const DateReading found = nunatak::readDate(text, order);
    if (found.date.empty()) {
        return;
    }
    if (!nunatak::isIsoDate(found.date) || nunatak::readDate(found.date).date != found.date) {
        std::abort();
    }
    if (order != DateOrder::Unsaid && found.kind == DateReading::Kind::Ambiguous) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> lines{std::string()};
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    const DateOrder told = nunatak::dateOrderOf(lines);
    for (const auto& line : lines) {
        for (const auto order : {DateOrder::Unsaid, DateOrder::DayFirst, DateOrder::MonthFirst, told}) {
            check(line, order);
        }
        try {
            const auto date = nunatak::isoDateFrom(line);
            if (!date.empty() && !nunatak::isIsoDate(date)) {
                std::abort();
            }
        } catch (const nunatak::Error&) {
            // Refused, as it should be.
        }
    }
    return 0;
}
