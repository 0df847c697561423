// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/duplicate_ids.h"

#include "outlines/attribute_schema.h"
#include "outlines/outline_attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::exchange {

namespace {

void leaveOnLargest(std::size_t field, const std::vector<std::size_t>& which,
                    const std::vector<ExportedOutline>& outlines, std::vector<Row>& rows) {
    const std::size_t largest =
        *std::max_element(which.begin(), which.end(), [&](std::size_t a, std::size_t b) {
            return outlines[a].areaKm2 < outlines[b].areaKm2;
        });
    for (const std::size_t i : which) {
        if (i != largest) {
            rows[i][field] = outlines::AttributeValue::null(rows[i][field].type());
        }
    }
}

/// The first few, and how many more there are.
std::string shortened(std::vector<std::string> names) {
    constexpr std::size_t named = 3;
    if (names.size() > named + 1) {
        const std::size_t more = names.size() - named;
        names.resize(named);
        names.push_back(fmt::format("{} more", more));
    }
    return listed(names);
}

} // namespace

void settleSharedIds(const std::vector<ExportField>& fields, const std::vector<ExportedOutline>& outlines,
                     std::vector<Row>& rows, std::vector<std::string>& notes) {
    for (std::size_t field = 0; field < fields.size(); ++field) {
        const auto* info = outlines::attributeInfo(fields[field].name);
        if (info == nullptr || info->identifies == outlines::Identifies::Nothing) {
            continue;
        }
        const bool isUnique = info->identifies == outlines::Identifies::Outline;
        std::map<std::string, std::map<std::string, std::vector<std::size_t>>> owners; // by id and date
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string id = rows[i][field].text();
            if (!outlines::isNoId(id)) {
                owners[id][outlines[i].outline->srcDate].push_back(i);
            }
        }
        std::vector<std::string> shared;
        std::vector<std::string> ofSeveralDates;
        for (const auto& [id, dates] : owners) {
            for (const auto& [date, which] : dates) {
                if (which.size() < 2) {
                    continue;
                }
                shared.push_back(fmt::format("{} ({} outlines)", id, which.size()));
                if (isUnique) {
                    leaveOnLargest(field, which, outlines, rows);
                }
            }
            if (dates.size() > 1 && isUnique) {
                ofSeveralDates.push_back(id);
            }
        }
        if (!shared.empty()) {
            notes.push_back(fmt::format("{} is the same for several outlines: {}. {}", fields[field].name,
                                        shortened(std::move(shared)),
                                        isUnique
                                            ? "It names one alone, so the largest keeps it and the others go "
                                              "without; give them their own."
                                            : "They keep it; where they are pieces of a glacier that was "
                                              "split, give them their own."));
        }
        if (!ofSeveralDates.empty()) {
            notes.push_back(
                fmt::format("{} is the same for several dates of a glacier: {}. They keep it, but "
                            "programs that expect it once want each date in a file of its own.",
                            fields[field].name, shortened(std::move(ofSeveralDates))));
        }
    }
}

} // namespace nunatak::exchange
