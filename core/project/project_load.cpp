// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/dates.h"
#include "base/error.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "outlines/band_ratio_origin.h"
#include "outlines/side_kind.h"
#include "project/inventory.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "scene/stored_scene.h"

#include <algorithm>
#include <utility>
#include <variant>

// What a project's file says, also where another program has changed it: everything that can be read is, and
// what cannot is told and stays.
namespace nunatak::project {

namespace {

/// The system of a layer that another program wrote. Empty where the file does not say it.
geo::Crs crsOf(const database::SpatialReference& reference) {
    std::vector<std::string> texts{reference.wkt, reference.definition};
    if (reference.code > 0 && reference.organization != "NONE") {
        texts.insert(texts.begin(), reference.organization + ":" + std::to_string(reference.code));
    }
    for (const std::string& text : texts) {
        try {
            return text.empty() ? geo::Crs() : geo::Crs::fromUserInput(text);
        } catch (const Error&) { // the next one may be understood
        }
    }
    return {};
}

outlines::LayerInfo infoOf(const database::LayerRow& row, std::vector<std::string>& notes) {
    outlines::LayerInfo info = fromRow(row);
    if (info.kind == outlines::LayerKind::Expert && row.kind != outlines::toString(info.kind)) {
        notes.push_back("The layer " + row.name + " is of the unknown kind \"" + row.kind +
                        "\"; it is taken for an expert's.");
    }
    return info;
}

/// What of a layer's rows could not be taken as it is.
struct Trouble {
    int shapeless = 0;
    int unreadable = 0;
    int unclearReviews = 0;
    int brokenTexts = 0;
    int unclearDates = 0;
    std::string unclearDate; ///< the first of them
    int heights = 0;
    int unclearThresholds = 0;
    int brokenAttributes = 0;
    int unclearScenes = 0;
    std::string unclearScene; ///< the first of them
};

/// True when a text of the row comes in with replacement characters, see fromRow.
bool hasBrokenText(const database::FeatureRow& row) {
    return !isUtf8(row.name) || !isUtf8(row.srcDate) || !isUtf8(row.sensor) || !isUtf8(row.attributes) ||
           !isUtf8(row.reviewer) || !isUtf8(row.reviewNote) ||
           std::any_of(row.added.begin(), row.added.end(), [](const auto& column) {
               const auto* text = std::get_if<std::string>(&column.second);
               return text != nullptr && !isUtf8(*text);
           });
}

/// True where vertices have more than a place on the map: heights or measures, which outlines do not keep.
bool hasHeights(const database::Bytes& wkb) {
    constexpr std::size_t header = 5;
    if (wkb.size() < header) {
        return false;
    }
    std::uint32_t type = 0;
    for (std::size_t i = 0; i < sizeof type; ++i) {
        type |= static_cast<std::uint32_t>(wkb[wkb[0] == 1 ? 1 + i : sizeof type - i]) << (8 * i);
    }
    const std::uint32_t thousands = (type & 0x1fffffffU) / 1000;
    return (type & 0xC0000000U) != 0 || (thousands >= 1 && thousands <= 3);
}

/// Ids are UUIDs; that of a scene of another project is no trouble.
bool isId(const std::string& text) {
    constexpr std::size_t length = 36;
    return text.size() == length && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

void look(const database::FeatureRow& row, const outlines::Outline& outline,
          const std::vector<scene::Scene>& scenes, Trouble& trouble) {
    trouble.heights += hasHeights(row.wkb) ? 1 : 0;
    const bool isProbability = row.threshold >= 0 && row.threshold < 1;
    trouble.unclearThresholds += isProbability || outlines::isOfBandRatio(outline.modelFingerprint) ? 0 : 1;
    const auto text = outline.attributes.find("attributes");
    trouble.brokenAttributes +=
        text != outline.attributes.end() && text->second.text() == row.attributes ? 1 : 0;
    const bool isKnown = row.scene.empty() || isId(row.scene) ||
                         std::any_of(scenes.begin(), scenes.end(),
                                     [&](const scene::Scene& scene) { return scene.id == row.scene; });
    if (!isKnown) {
        trouble.unclearScene = trouble.unclearScenes++ == 0 ? printableName(row.scene) : trouble.unclearScene;
    }
    trouble.unclearReviews += outlines::reviewFromString(row.review) ? 0 : 1;
    trouble.brokenTexts += hasBrokenText(row) ? 1 : 0;
    if (!row.srcDate.empty() && readDate(row.srcDate).kind != DateReading::Kind::Date) {
        trouble.unclearDate = trouble.unclearDates++ == 0 ? printableName(row.srcDate) : trouble.unclearDate;
    }
}

void note(const Trouble& trouble, const std::string& layer, std::vector<std::string>& notes) {
    if (trouble.unreadable > 0) {
        notes.push_back("The layer " + layer + " has " + counted(trouble.unreadable, "outline") +
                        " whose shape cannot be read; left out here, kept in the file.");
    }
    if (trouble.shapeless > 0) {
        notes.push_back("The layer " + layer + " has " + counted(trouble.shapeless, "row") +
                        " without a polygon; left out here, kept in the file.");
    }
    if (trouble.unclearReviews > 0) {
        notes.push_back("The layer " + layer + " has " + counted(trouble.unclearReviews, "outline") +
                        " whose review is neither accepted, doubtful nor removed, which counts as not "
                        "reviewed.");
    }
    if (trouble.brokenTexts > 0) {
        notes.push_back("The layer " + layer + " has " + counted(trouble.brokenTexts, "outline") +
                        " with a text that is no UTF-8; it is shown with \uFFFD for what cannot be read, and "
                        "stays in the file as it is until the outline is changed.");
    }
    if (trouble.unclearDates > 0) {
        notes.push_back("The layer " + layer + " has " + counted(trouble.unclearDates, "outline") +
                        " whose src_date is no date (\"" + trouble.unclearDate +
                        "\"); it is kept as it is written. Dates are written as 2020-08-20.");
    }
    const std::string has = "The layer " + layer + " has ";
    if (trouble.heights > 0) {
        notes.push_back(has + counted(trouble.heights, "outline") +
                        " whose vertices have heights; they stay in the file until the outline is changed.");
    }
    if (trouble.unclearThresholds > 0) {
        notes.push_back(has + counted(trouble.unclearThresholds, "outline") +
                        " whose threshold is no probability from 0 to less than 1.");
    }
    if (trouble.brokenAttributes > 0) {
        notes.push_back(
            has + counted(trouble.brokenAttributes, "outline") +
            " whose attributes cannot be read (they are no JSON object); their text is kept as the "
            "attribute \"attributes\".");
    }
    if (trouble.unclearScenes > 0) {
        notes.push_back(has + counted(trouble.unclearScenes, "outline") + " of a scene that is none (\"" +
                        trouble.unclearScene + "\").");
    }
}

} // namespace

void Project::Impl::load(database::Store& store) {
    database::Contents contents = store.contents();
    crs = geo::Crs::fromUserInput(contents.crsWkt);
    notes = std::move(contents.notes);
    readScenes(contents.scenes);
    for (const database::HistoryRow& row : contents.history) {
        log.add(fromRow(row));
    }
    lastOfBefore = log.nextId() - 1;
    showScenes();
    settings = std::move(contents.settings);
    runs = std::move(contents.runs);
    for (const database::MergedRow& row : contents.merged) {
        mergedSteps.push_back(fromRow(row));
    }
    otherTables = std::move(contents.otherTables);
    addedColumns = contents.added;
    for (const database::LayerRow& row : contents.layers) {
        if (auto layer = read(store, row, contents)) {
            layers.push_back(std::move(layer));
            if (row.kind == kindOfBefore) {
                corrected.push_back(row.name);
            }
        } else {
            otherTables.push_back(row.name);
        }
    }
    describeCorrected();
}

void Project::Impl::readScenes(const std::vector<database::SceneRow>& rows) {
    for (const database::SceneRow& row : rows) {
        try {
            scene::StoredScene stored = scene::fromStoredJson(row.json, file.parent_path());
            stored.scene.id = row.id;
            row.step == 0 ? scenes.push_back(stored.scene)
                          : broughtScenes.push_back({stored.scene, row.step});
            notes.insert(notes.end(), stored.notes.begin(), stored.notes.end());
        } catch (const Error& error) {
            unreadScenes.push_back(row.id);
            notes.push_back(std::string("A scene of the project cannot be read and is left out: ") +
                            error.what());
        }
    }
}

std::unique_ptr<LayerState> Project::Impl::read(database::Store& store, const database::LayerRow& row,
                                                const database::Contents& contents) {
    std::optional<geo::CoordinateTransform> transform;
    if (const auto reference = contents.references.find(row.name); reference != contents.references.end()) {
        const geo::Crs other = crsOf(reference->second);
        if (other.empty()) {
            notes.push_back(
                "Another program rewrote the layer " + row.name +
                " without a coordinate system that can be understood; it is not shown and stays in "
                "the file.");
            return nullptr;
        }
        if (!(other == crs)) {
            transform.emplace(other, crs);
            locked[row.name] = "another program rewrote it in " + other.name() + ".";
            notes.push_back("Another program rewrote the layer " + row.name + " in " + other.name() +
                            "; it is shown where it lies and cannot be changed.");
        }
    }
    auto layer = std::make_unique<LayerState>();
    layer->info = infoOf(row, notes);
    Trouble trouble;
    const int named = store.forEachFeature(row.name, [&](database::FeatureRow&& feature) {
        if (feature.wkb.empty()) {
            unread[row.name].insert(feature.uuid);
            ++(feature.isDamaged ? trouble.unreadable : trouble.shapeless);
            return;
        }
        try {
            outlines::Outline outline = fromRow(feature);
            if (transform) {
                outline.geometry = (*transform)(outline.geometry);
            }
            auto shared = outlines::share(std::move(outline));
            if (!shared->hasSoundRings() || !outlines::whyNotIn(layer->info, shared->geometry).empty()) {
                unread[row.name].insert(feature.uuid);
                ++trouble.unreadable;
                return;
            }
            look(feature, *shared, scenes, trouble);
            layer->apply({row.name, nullptr, std::move(shared)});
        } catch (const Error&) {
            unread[row.name].insert(feature.uuid);
            ++trouble.unreadable; // said in the notes; the row stays in the file as it is
        }
    });
    if (named > 0) {
        notes.push_back("Another program added " + counted(named, "outline") + " to the layer " + row.name +
                        " without a UUID, or with another one's; " +
                        (named == 1 ? "it has one of its own now." : "each has one of its own now."));
    }
    if (const int known = store.recognised(row.name); known > 0) {
        notes.push_back("Another program took the UUID of " + counted(known, "outline") + " of the layer " +
                        row.name + " away; " +
                        (known == 1 ? "it is as the history knows it, and has it again."
                                    : "they are as the history knows them, and have it again."));
    }
    note(trouble, row.name, notes);
    return layer;
}

} // namespace nunatak::project
