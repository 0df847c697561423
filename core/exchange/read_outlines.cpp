// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/column_roles.h"
#include "exchange/feature_reader.h"
#include "exchange/glims.h"
#include "exchange/joined_pieces.h"
#include "exchange/kml_fields.h"
#include "exchange/outline_files.h"
#include "exchange/outline_source.h"
#include "raster/gdal_messages.h"

#include "base/counted.h"
#include "base/error.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nunatak::exchange {

namespace {

/// Room for as many as the file says that there are, which a damaged one may say wrongly.
std::size_t expectedPieces(const OpenLayer& open) {
    constexpr long most = 100'000;
    return static_cast<std::size_t>(std::clamp(static_cast<long>(open.about.features), 0L, most));
}

/// Reads the features of a layer; false where the file cannot be read to its end.
void readLayer(const OpenLayer& open, FeatureReader& reader, const std::string& file,
               const Progress& progress) {
    auto& layer = *open.layer;
    raster::GdalMessages messages;
    const double total = static_cast<double>(std::max(1L, open.about.features));
    long read = 0;
    layer.ResetReading();
    while (true) {
        messages.clear();
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature) {
            break;
        }
        progress.report(std::min(1.0, static_cast<double>(read++) / total), "Reading outlines");
        reader.read(*feature, messages.failure());
    }
    if (!messages.failure().empty()) {
        throw Error(file + " is damaged: reading stopped after " + counted(read, "feature") +
                    messages.reason());
    }
}

/// What columns were taken for: once where it is the same for all layers.
void noteRoles(const std::vector<OpenLayer*>& layers, std::vector<std::string>& notes) {
    const auto first = roleNotes(layers.front()->about.columns);
    const bool isSame = std::all_of(layers.begin(), layers.end(), [&](const OpenLayer* open) {
        return roleNotes(open->about.columns) == first;
    });
    for (const auto* open : layers) {
        for (const auto& sentence : roleNotes(open->about.columns)) {
            notes.push_back(isSame ? sentence : open->about.name + ": " + sentence);
        }
        if (isSame) {
            return;
        }
    }
}

/// Ids that should be one outline's own.
void noteRepeatedIds(const std::vector<outlines::Outline>& outlines, std::vector<std::string>& notes) {
    std::map<std::string, int> times;
    for (const auto& outline : outlines) {
        const auto found = outline.attributes.find("rgi_id");
        if (found != outline.attributes.end() && !found->second.text().empty()) {
            ++times[found->second.text()];
        }
    }
    std::vector<std::string> repeated;
    for (const auto& [id, count] : times) {
        if (count > 1) {
            repeated.push_back(id);
        }
    }
    if (!repeated.empty()) {
        notes.push_back("The RGI id of " + countedByName(repeated, "glacier") +
                        " is on several outlines each.");
    }
}

/// Layers that nobody chose are read together as parts of one inventory, which do not show the same ground.
void throwIfLayersOverlap(const std::vector<Piece>& pieces, const OpenSource& source,
                          const std::string& file) {
    if (source.isChosen || pieces.empty() || pieces.front().layer == pieces.back().layer) {
        return;
    }
    if (const auto pair = overlapOfLayers(pieces)) {
        throw Error("The layers of " + file + " show the same ground (feature " +
                    pieces[pair->first].feature + " lies on feature " + pieces[pair->second].feature +
                    "), so they are no parts of one inventory. " + choiceOfLayers(file, source.layers));
    }
}

} // namespace

ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const ImportOptions& options, const Progress& progress) {
    raster::initialiseGdal();
    const KmlFields told;
    const std::string name = file.string();
    OpenSource source = openOutlineSource(file, options, progress.part(0, 0.3));
    std::vector<OpenLayer*> chosen;
    for (auto& open : source.layers) {
        if (open.about.isRead) {
            chosen.push_back(&open);
        }
    }
    if (chosen.empty()) {
        throw Error(choiceOfLayers(name, source.layers));
    }

    ReadOutlines result;
    std::vector<Piece> pieces;
    FeatureReport report;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto& open = *chosen[i];
        pieces.reserve(pieces.size() + expectedPieces(open));
        FeatureReader reader(open, i, chosen.size() > 1, target, options, name, pieces, report);
        const double share = 0.6 / static_cast<double>(chosen.size());
        readLayer(
            open, reader, name,
            progress.part(0.3 + share * static_cast<double>(i), 0.3 + share * static_cast<double>(i + 1)));
        reader.finish();
    }
    if (pieces.empty()) {
        throw Error(name +
                    (options.side == nullptr
                         ? " has no polygons with an area: choose a file with glacier outlines."
                         : " has nothing for a layer of this kind.") +
                    report.firstReason());
    }
    if (options.side == nullptr) {
        throwIfLayersOverlap(pieces, source, name);
    }
    if (chosen.size() > 1) {
        std::string list;
        for (const auto* open : chosen) {
            list += (list.empty() ? "" : ", ") + open->about.name;
        }
        result.notes.push_back(std::to_string(chosen.size()) + " layers were read: " + list +
                               (source.isChosen ? "." : ". --source-layer NAME reads one of them."));
    }
    result.notes.insert(result.notes.end(), source.notes.begin(), source.notes.end());
    noteRoles(chosen, result.notes);
    const std::size_t features = pieces.size();
    joinCutPieces(pieces, target, result.notes);
    const std::size_t joined = features - pieces.size();
    if (options.side == nullptr) {
        applyLineTypes(pieces, result.notes);
        progress.report(0.95, "Reading outlines");
        chooseAnalyses(pieces, options.analyses, result.notes);
    } else {
        keepKind(pieces, *options.side, result.notes);
    }

    std::set<std::string> uuids;
    int renewed = 0;
    result.outlines.reserve(pieces.size());
    for (auto& piece : pieces) {
        auto& outline = piece.outline;
        outline.describedShape = piece.isAsWritten ? geo::fingerprint(outline.geometry) : 0;
        // Identity is what ties an outline to its history: two features of one file never share it.
        if (!outline.uuid.empty() && uuids.contains(outline.uuid)) {
            ++renewed;
            outline.uuid.clear();
        }
        while (outline.uuid.empty() || !uuids.insert(outline.uuid).second) {
            outline.uuid = outlines::makeUuid();
        }
        result.outlines.push_back(std::move(outline));
    }
    if (renewed > 0) {
        result.notes.push_back(counted(renewed, "outline") +
                               " had the UUID of another one of the file and got one of their own.");
    }
    noteRepeatedIds(result.outlines, result.notes);
    report.addTo(result);
    result.skipped += static_cast<int>(features - joined - pieces.size());
    for (auto& open : source.layers) {
        result.layers.push_back(std::move(open.about));
    }
    if (result.outlines.empty()) {
        throw Error(name + " has no " +
                    (options.side == nullptr ? "glaciers" : std::string(options.side->term)) + ": " +
                    (result.notes.empty() ? "choose another file." : result.notes.back()));
    }
    progress.report(1, "Reading outlines");
    return result;
}

ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const Progress& progress) {
    return readOutlines(file, target, ImportOptions(), progress);
}

std::vector<SourceLayer> layersOf(const std::filesystem::path& file, const ImportOptions& options,
                                  const Progress& progress) {
    raster::initialiseGdal();
    const KmlFields told;
    std::vector<SourceLayer> layers;
    for (auto& open : openOutlineSource(file, options, progress).layers) {
        layers.push_back(std::move(open.about));
    }
    return layers;
}

} // namespace nunatak::exchange
