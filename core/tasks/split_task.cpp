// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/split_task.h"

#include "base/csv_rows.h"
#include "base/error.h"
#include "base/letters.h"
#include "exchange/outline_files.h"
#include "outlines/is_called.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace nunatak::tasks {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineSet;
using project::PartWanted;

/// Without blanks around it, which nobody sees in a table.
std::string trimmed(const std::string& text) {
    constexpr const char* blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    return begin == std::string::npos ? std::string()
                                      : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The one that a row means. Throws Error that names the row.
std::string glacierOf(const std::vector<OutlineHandle>& glaciers, const std::string& called,
                      const std::string& row) {
    const auto is = [&](const OutlineHandle& glacier) { return outlines::isCalled(*glacier, called); };
    const auto first = std::find_if(glaciers.begin(), glaciers.end(), is);
    if (first == glaciers.end()) {
        throw Error(row + " names \"" + called +
                    "\", which no glacier of the inventory is called. Give its UUID, name, RGI or GLIMS id.");
    }
    if (std::any_of(std::next(first), glaciers.end(), is)) {
        throw Error(row + " names \"" + called +
                    "\", and several glaciers of the inventory are called so. Say which by its UUID.");
    }
    return (*first)->uuid;
}

std::vector<PartWanted> byList(const OutlineSet& glaciers, const std::filesystem::path& file) {
    std::vector<PartWanted> wanted;
    const auto all = glaciers.all();
    const auto rows = csvRows(file);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string row = "Row " + std::to_string(i + 1) + " of " + file.string();
        if (rows[i].size() < 2) {
            throw Error(row + " has no part. Each row names a glacier and its part.");
        }
        const std::string called = trimmed(rows[i][0]);
        const std::string part = trimmed(rows[i][1]);
        if (i == 0 && (part == "part" || called == "glacier")) {
            continue; // the columns' names
        }
        const std::string uuid = glaciers.find(called) ? called : glacierOf(all, called, row);
        auto known =
            std::find_if(wanted.begin(), wanted.end(), [&](const auto& other) { return other.name == part; });
        if (known == wanted.end()) {
            wanted.push_back({part, {}});
            known = std::prev(wanted.end());
        }
        known->uuids.insert(uuid);
    }
    if (wanted.empty()) {
        throw Error("The table " + file.string() +
                    " names no glacier. Each row names one, and the part that it goes into.");
    }
    return wanted;
}

std::vector<PartWanted> byRegions(const OutlineSet& glaciers, const geo::Crs& crs,
                                  const ShareChoice& choice) {
    std::vector<project::NamedRegion> regions;
    exchange::ImportOptions options;
    if (!choice.field.empty()) {
        options.mapping[exchange::FieldRole::Name] = {.column = choice.field};
    }
    for (const auto& outline : exchange::readOutlines(choice.file, crs, options).outlines) {
        const std::string name = trimmed(outline.name);
        if (name.empty()) {
            throw Error("A region of " + choice.file.string() + " has no " +
                        (choice.field.empty() ? "name" : choice.field) +
                        ". Say which column names the regions.");
        }
        const auto known = std::find_if(regions.begin(), regions.end(),
                                        [&](const auto& region) { return region.name == name; });
        if (known == regions.end()) {
            regions.push_back({name, outline.geometry});
        } else { // in several pieces
            known->shape.insert(known->shape.end(), outline.geometry.begin(), outline.geometry.end());
        }
    }
    return project::partsByRegion(glaciers, regions);
}

std::vector<PartWanted> byAttribute(const OutlineSet& glaciers, const std::string& field) {
    std::map<std::string, std::set<std::string>> parts;
    for (const OutlineHandle& outline : glaciers.all()) {
        const auto attribute =
            std::find_if(outline->attributes.begin(), outline->attributes.end(),
                         [&](const auto& one) { return lowerCase(one.first) == lowerCase(field); });
        const auto value =
            attribute == outline->attributes.end() ? std::string() : trimmed(attribute->second.text());
        parts[value.empty() ? "rest" : value].insert(outline->uuid);
    }
    if (parts.size() == 1 && parts.contains("rest")) {
        throw Error("No glacier has an attribute " + field +
                    ". Name one that they have, or give a file of regions.");
    }
    std::vector<PartWanted> wanted;
    for (auto& [name, uuids] : parts) {
        wanted.push_back({name, std::move(uuids)});
    }
    return wanted;
}

/// What lies on the ground of each part, of every layer.
struct Ground {
    std::filesystem::path folder; ///< of rasters
    std::vector<OutlineSet> layers;
    std::map<std::string, std::string> settings; ///< of runs

    std::vector<OutlineHandle> of(const PartWanted& part, const OutlineSet& inventory) const {
        geo::Extent extent;
        std::vector<OutlineHandle> found;
        for (const std::string& uuid : part.uuids) {
            if (const OutlineHandle glacier = inventory.find(uuid)) {
                extent.include(glacier->extent());
                found.push_back(glacier);
            }
        }
        for (const OutlineSet& layer : layers) {
            const auto there = extent.empty() ? std::vector<OutlineHandle>{} : layer.in(extent);
            found.insert(found.end(), there.begin(), there.end());
        }
        return found;
    }
};

struct TakenRasters {
    PredictionRasters all;
    bool areTaken = false;
};

} // namespace

std::vector<PartWanted> shareOut(const OutlineSet& glaciers, const geo::Crs& crs, const ShareChoice& choice) {
    switch (choice.by) {
    case SharedOutBy::Count:
        return project::partsByCount(glaciers, choice.parts);
    case SharedOutBy::List:
        return byList(glaciers, choice.file);
    case SharedOutBy::Regions:
        return byRegions(glaciers, crs, choice);
    case SharedOutBy::Attribute:
        break;
    }
    return byAttribute(glaciers, choice.field);
}

std::function<SplitDone(const Progress&)> planShare(const project::Project& project,
                                                    const std::string& inventory,
                                                    std::vector<PartWanted> parts,
                                                    const std::filesystem::path& folder, TakeRasters take) {
    Ground ground{project.filesPlace(), {}, {}};
    for (const auto& layer : project.layers()) {
        ground.layers.push_back(project.outlines(layer.name));
        for (const OutlineHandle& outline : ground.layers.back().all()) {
            if (!outline->run.empty() && !ground.settings.contains(outline->run)) {
                ground.settings.emplace(outline->run, project.settingsOfRun(outline->run));
            }
        }
    }
    const auto taken = std::make_shared<TakenRasters>();
    auto beside = [taken, ground = std::move(ground), parts, take, glaciers = project.outlines(inventory),
                   file = project.file(), folder = std::filesystem::absolute(folder)](
                      const std::filesystem::path& staging, const Progress& progress) {
        *taken = {};
        std::vector<PredictionRasters> rasters;
        for (const PartWanted& part : parts) {
            rasters.push_back(rastersOf(ground.of(part, glaciers), ground.folder, ground.settings));
            taken->all.bytes += rasters.back().bytes;
            taken->all.files.insert(taken->all.files.end(), rasters.back().files.begin(),
                                    rasters.back().files.end());
        }
        taken->areTaken =
            take == TakeRasters::Yes || (take == TakeRasters::WhereLittle && taken->all.bytes <= littleRoom);
        const double step = 1.0 / static_cast<double>(parts.size());
        for (std::size_t i = 0; taken->areTaken && i < parts.size(); ++i) {
            const double begin = step * static_cast<double>(i);
            copyRasters(rasters[i], staging, project::partFile(file, parts[i].name, folder),
                        progress.part(begin, begin + step));
        }
    };
    auto split = project::planSplit(project, inventory, std::move(parts), folder, std::move(beside));
    return [split = std::move(split), taken](const Progress& progress) {
        const project::Split made = split(progress);
        const auto& [all, areTaken] = *taken;
        SplitDone done{made.parts, {}};
        if (made.sharedBetween > 0) {
            done.sentences.push_back("Neighbours with a shared line in different parts: " +
                                     std::to_string(made.sharedBetween) + ". Merging looks at these lines.");
        }
        if (!all.files.empty()) {
            done.sentences.push_back(areTaken
                                         ? "Each part has the rasters of predictions that it needs beside it."
                                         : withoutRastersSentence(all));
        }
        return done;
    };
}

} // namespace nunatak::tasks
