// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_split.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/letters.h"
#include "base/staging_folder.h"
#include "base/user_name.h"
#include "database/store.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "project/outline_codec.h"
#include "project/part_origin.h"
#include "project/partition.h"
#include "project/project_impl.h"
#include "project/row_recognition.h"
#include "project/step_tools.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineSet;

constexpr double beside = 100; // m: so near a glacier of another part is shown

/// What a part is made of.
struct PartContent {
    std::map<std::string, std::vector<OutlineHandle>> outlines; ///< by layer
    std::vector<OutlineHandle> neighbours;
};

/// The project when it was asked for.
struct Whole {
    std::filesystem::path file;
    std::vector<outlines::LayerInfo> layers;
    std::map<std::string, OutlineSet> outlines;
    std::vector<scene::Scene> scenes;
    HistoryStep last;
    std::string analyst;
    std::string inventory;
    std::string neighbours; ///< a layer's name that is free
    bool knowsAll = true;   ///< see PartOrigin, as the next two
    std::int64_t content = 0;
    std::string of{};
    std::shared_ptr<const PendingEdit> unrecorded{}; ///< see Project::unrecorded()
};

/// Whose ground an outline lies on.
class Ground {
public:
    Ground(const OutlineSet& inventory, const std::map<std::string, std::size_t>& partOf)
        : m_inventory(inventory), m_partOf(partOf), m_glaciers(inventory.all()) {}

    /// In m², by part; of what lies on nobody's 0 for the part of the nearest glacier.
    std::map<std::size_t, double> under(const OutlineHandle& outline) const {
        std::map<std::size_t, double> found;
        for (const OutlineHandle& glacier : m_inventory.in(outline->extent())) {
            if (const double area = outlines::commonArea(*glacier, *outline); area > 0) {
                found[m_partOf.at(glacier->uuid)] += area;
            }
        }
        if (found.empty()) {
            found[nearest(outline->extent().center())] = 0;
        }
        return found;
    }

private:
    std::size_t nearest(const geo::Point& place) const {
        double least = std::numeric_limits<double>::infinity();
        std::size_t part = 0;
        for (const OutlineHandle& glacier : m_glaciers) {
            const geo::Point centre = glacier->extent().center();
            const double away = std::hypot(centre.x - place.x, centre.y - place.y);
            if (away < least) {
                least = away;
                part = m_partOf.at(glacier->uuid);
            }
        }
        return part;
    }

    const OutlineSet& m_inventory;
    const std::map<std::string, std::size_t>& m_partOf;
    std::vector<OutlineHandle> m_glaciers;
};

std::map<std::string, std::size_t> partOfEach(const OutlineSet& inventory,
                                              const std::vector<PartWanted>& parts) {
    std::map<std::string, std::size_t> partOf;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (const std::string& uuid : parts[i].uuids) {
            const OutlineHandle glacier = inventory.find(uuid);
            if (!glacier) {
                throw Error("The inventory has no outline " + uuid + ", which shall be in the part " +
                            parts[i].name + ".");
            }
            const auto [known, isNew] = partOf.emplace(uuid, i);
            if (!isNew) {
                throw Error(outlines::nameInSentence(*glacier) + " is in two parts, " +
                            parts[known->second].name + " and " + parts[i].name +
                            ". Each glacier belongs to one.");
            }
        }
        if (parts[i].uuids.empty()) {
            throw Error("The part " + parts[i].name + " has no glacier.");
        }
    }
    std::size_t left = 0;
    OutlineHandle first;
    for (const OutlineHandle& glacier : inventory.all()) {
        if (!partOf.contains(glacier->uuid)) {
            first = left++ == 0 ? glacier : first;
        }
    }
    if (left > 0) {
        throw Error(counted(static_cast<long long>(left), "glacier", "is", "are") + " in no part (" +
                    outlines::nameInSentence(*first) + (left > 1 ? " …" : "") + "). Say whose " +
                    (left == 1 ? "it is." : "they are."));
    }
    return partOf;
}

std::vector<PartContent> contentsOf(const Whole& whole, const std::map<std::string, std::size_t>& partOf,
                                    std::size_t parts, const Progress& progress) {
    std::vector<PartContent> contents(parts);
    const OutlineSet& inventory = whole.outlines.at(whole.inventory);
    const Ground ground(inventory, partOf);
    for (const outlines::LayerInfo& layer : whole.layers) {
        for (const OutlineHandle& outline : whole.outlines.at(layer.name).all()) {
            progress.throwIfStopped();
            const auto known = partOf.find(outline->uuid);
            const bool isGlacier = layer.kind == outlines::LayerKind::Inventory && known != partOf.end();
            const auto under =
                isGlacier ? std::map<std::size_t, double>{{known->second, 1}} : ground.under(outline);
            const auto most = std::max_element(
                under.begin(), under.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
            for (const auto& [part, area] : under) {
                // What is edited is in one part alone, or both would change it.
                if (outlines::isReference(layer.kind) || part == most->first) {
                    contents[part].outlines[layer.name].push_back(outline);
                }
            }
        }
    }
    for (const OutlineHandle& glacier : inventory.all()) {
        std::set<std::size_t> seenBy;
        for (const OutlineHandle& other : inventory.in(glacier->extent().grown(beside))) {
            seenBy.insert(partOf.at(other->uuid));
        }
        seenBy.erase(partOf.at(glacier->uuid));
        for (const std::size_t part : seenBy) {
            contents[part].neighbours.push_back(glacier);
        }
    }
    return contents;
}

std::optional<database::Box> boxOf(const std::vector<OutlineHandle>& outlines) {
    geo::Extent extent;
    for (const OutlineHandle& outline : outlines) {
        extent.include(outline->extent());
    }
    return extent.empty() ? std::nullopt
                          : std::optional(database::Box{extent.xmin, extent.ymin, extent.xmax, extent.ymax});
}

database::PartOfProject partRows(const Whole& whole, const PartContent& content, const PartWanted& wanted,
                                 int number, int parts, const std::filesystem::path& folder) {
    database::PartOfProject part;
    database::Transaction begin;
    for (const outlines::LayerInfo& layer : whole.layers) {
        const auto found = content.outlines.find(layer.name);
        auto& kept = part.outlines[layer.name];
        if (found != content.outlines.end()) {
            for (const OutlineHandle& outline : found->second) {
                kept.push_back(outline->uuid);
            }
        }
        begin.extents[layer.name] = found == content.outlines.end() ? std::nullopt : boxOf(found->second);
    }
    PartOrigin origin{.parent = whole.file.filename().string(),
                      .at = whole.last,
                      .content = whole.content,
                      .name = wanted.name,
                      .number = number,
                      .parts = parts,
                      .neighbours = {},
                      .begins = whole.last.id + 1,
                      .knowsAll = whole.knowsAll,
                      .of = whole.of};
    if (!content.neighbours.empty()) {
        outlines::LayerInfo layer{whole.neighbours, outlines::LayerKind::Expert, {}, {}};
        layer.title = "Neighbours in other parts";
        begin.layers.push_back(toRow(layer));
        for (const OutlineHandle& outline : content.neighbours) {
            begin.features.push_back({layer.name, outline->uuid, toRow(*outline)});
        }
        begin.extents[layer.name] = boxOf(content.neighbours);
        origin.neighbours = layer.name;
    }
    begin.step = database::HistoryRow{origin.begins,
                                      nowAsText(),
                                      "Begin part " + wanted.name + " (" + std::to_string(number) + " of " +
                                          std::to_string(parts) + ") of " + origin.parent + " with " +
                                          counted(static_cast<long long>(wanted.uuids.size()), "glacier"),
                                      0,
                                      tools::split,
                                      whole.analyst,
                                      {}};
    // What another program did before is in the part; its history says so with its first step.
    for (const database::ReverseChange& change :
         whole.unrecorded ? whole.unrecorded->rest.changes : std::vector<database::ReverseChange>()) {
        const auto kept = part.outlines.find(change.layer);
        if (change.afterHash && kept != part.outlines.end() &&
            std::find(kept->second.begin(), kept->second.end(), change.uuid) != kept->second.end()) {
            begin.changes.push_back(change);
        }
    }
    begin.settings.emplace_back(partSetting, toText(origin));
    part.more.push_back(std::move(begin));
    for (const scene::Scene& scene : whole.scenes) { // places of files are as seen from the project
        part.more.emplace_back().scenes = {sceneRow(scene, folder / "part")};
    }
    return part;
}

Split split(Whole whole, const std::vector<PartWanted>& parts, const std::filesystem::path& folder,
            const Beside& around, const Progress& all) {
    const auto partOf = partOfEach(whole.outlines.at(whole.inventory), parts);
    std::map<std::string, std::string> names; // by the file's in lower case: many a disk tells none apart
    for (const PartWanted& part : parts) {
        const auto file = partFile(whole.file, part.name, folder);
        std::error_code trouble;
        if (const auto [known, isNew] = names.emplace(lowerCase(file.filename().string()), part.name);
            !isNew) {
            throw Error(known->second == part.name
                            ? "Two parts are called " + part.name + ". Give each a name of its own."
                            : "The parts " + known->second + " and " + part.name +
                                  " would be one file where capital letters do not matter. Write them "
                                  "alike, or give each a name of its own.");
        }
        if (std::filesystem::exists(std::filesystem::symlink_status(file, trouble))) {
            throw Error("The file " + file.string() +
                        " exists already, and nothing is written over it. Choose another folder.");
        }
    }
    StagingFolder staging(folder); // so that none of them is there before all are made
    constexpr double ofBeside = 0.4;
    if (around) {
        around(staging.path(), all.part(0, ofBeside));
    }
    const Progress progress = all.part(around ? ofBeside : 0, 1);
    progress.report(0.05, "Finding whose ground is whose");
    const auto contents = contentsOf(whole, partOf, parts.size(), progress);
    Split result;
    const auto glaciers = whole.outlines.at(whole.inventory).all();
    for (const SharedLine& line : sharedLines(glaciers)) {
        result.sharedBetween +=
            partOf.at(glaciers[line.one]->uuid) != partOf.at(glaciers[line.other]->uuid) ? 1 : 0;
    }
    database::Store store(whole.file, database::Store::Mode::ReadOnly);
    store.recogniseBy(recognition(store)); // the parts, too, know what it knows
    whole.content = store.contentsOfSteps()[whole.last.id];
    for (std::size_t i = 0; i < parts.size(); ++i) {
        progress.report(0.2 + 0.8 * static_cast<double>(i) / static_cast<double>(parts.size()),
                        "Writing part " + parts[i].name);
        progress.throwIfStopped();
        const auto file = partFile(whole.file, parts[i].name, folder);
        store.copyPart(staging.path() / file.filename(), file,
                       partRows(whole, contents[i], parts[i], static_cast<int>(i) + 1,
                                static_cast<int>(parts.size()), folder));
        result.parts.push_back({file, parts[i].name, parts[i].uuids.size(), contents[i].neighbours.size()});
    }
    staging.publish(result.parts.back().file.filename().string(), {}, {.maker = "split"});
    return result;
}

} // namespace

std::filesystem::path partFile(const std::filesystem::path& project, const std::string& part,
                               const std::filesystem::path& folder) {
    std::string name;
    for (const char letter : part) {
        const bool isUnfit = static_cast<unsigned char>(letter) < ' ' || letter == '/' || letter == '\\';
        name += isUnfit ? '_' : letter;
    }
    return folder / (project.stem().string() + "-" + name + project.extension().string());
}

std::vector<PartWanted> partsByCount(const OutlineSet& outlines, int parts) {
    const auto glaciers = outlines.all();
    if (parts < 2 || static_cast<std::size_t>(parts) > glaciers.size()) {
        throw Error("There are " + counted(static_cast<long long>(glaciers.size()), "glacier") +
                    ", which makes no " + std::to_string(parts) +
                    " parts. Give a number from 2 to that of the glaciers.");
    }
    const auto part = partition(glaciers, sharedLines(glaciers), parts);
    std::vector<PartWanted> wanted(static_cast<std::size_t>(parts));
    for (std::size_t i = 0; i < glaciers.size(); ++i) {
        wanted[static_cast<std::size_t>(part[i])].uuids.insert(glaciers[i]->uuid);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i].name = std::to_string(i + 1);
    }
    return wanted;
}

std::vector<PartWanted> partsByRegion(const OutlineSet& outlines, const std::vector<NamedRegion>& regions) {
    std::vector<PartWanted> wanted;
    std::vector<OutlineHandle> grounds;
    for (const NamedRegion& region : regions) {
        const bool isTaken = std::any_of(wanted.begin(), wanted.end(),
                                         [&](const PartWanted& known) { return known.name == region.name; });
        if (region.name.empty() || isTaken) {
            throw Error(region.name.empty()
                            ? "A region has no name, and a part is called by its region's."
                            : "Two regions are called \"" + region.name + "\". Give each a name of its own.");
        }
        wanted.push_back({region.name, {}});
        outlines::Outline ground;
        ground.geometry = region.shape;
        grounds.push_back(outlines::share(std::move(ground)));
    }
    PartWanted rest{"rest", {}};
    for (const OutlineHandle& glacier : outlines.all()) {
        double most = 0;
        PartWanted* part = &rest;
        for (std::size_t i = 0; i < grounds.size(); ++i) {
            const double area = grounds[i]->extent().intersects(glacier->extent())
                                    ? outlines::commonArea(*grounds[i], *glacier)
                                    : 0;
            if (area > most) {
                most = area;
                part = &wanted[i];
            }
        }
        part->uuids.insert(glacier->uuid);
    }
    std::erase_if(wanted, [](const PartWanted& part) { return part.uuids.empty(); });
    if (!rest.uuids.empty()) {
        wanted.push_back(std::move(rest));
    }
    return wanted;
}

std::function<Split(const Progress&)> planSplit(const Project& project, const std::string& inventory,
                                                std::vector<PartWanted> parts,
                                                const std::filesystem::path& folder, Beside beside) {
    if (project.layer(inventory).kind != outlines::LayerKind::Inventory) {
        throw Error("The layer " + inventory +
                    " is no inventory, and a project is split by the glaciers of one.");
    }
    if (!project.isReadOnly()) {
        project.flush();
    }
    Whole whole{project.file(),
                project.layers(),
                {},
                project.scenes(),
                {},
                project.analyst(),
                inventory,
                project.freeLayerName("neighbours")};
    for (const outlines::LayerInfo& layer : whole.layers) {
        whole.outlines.emplace(layer.name, project.outlines(layer.name));
    }
    if (!project.history().empty()) {
        whole.last = project.history().back();
    }
    const auto origin = partOrigin(project);
    whole.knowsAll =
        std::none_of(project.history().begin(), project.history().end(), [&](const HistoryStep& step) {
            return step.tool == tools::recovered ||
                   (step.tool == tools::split && !(origin && origin->knowsAll));
        });
    whole.of = origin ? toText(*origin) : std::string();
    whole.unrecorded = project.unrecorded();
    if (whole.analyst.empty()) { // of a project that is only read
        whole.analyst = userName();
    }
    // The neighbours that a part shows are of its own parent.
    if (origin && project.hasLayer(origin->neighbours)) {
        whole.neighbours = origin->neighbours;
        std::erase_if(whole.layers,
                      [&](const outlines::LayerInfo& layer) { return layer.name == origin->neighbours; });
    }
    return [whole = std::move(whole), parts = std::move(parts), folder = std::filesystem::absolute(folder),
            beside = std::move(beside)](const Progress& progress) {
        return split(whole, parts, folder, beside, progress);
    };
}

} // namespace nunatak::project
