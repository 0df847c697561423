// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/prediction_run.h"

#include "base/error.h"
#include "prediction/location.h"
#include "scene_tile_source.h"

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

std::string hashed(const std::string& text) {
    return std::to_string(engine::checksum(text));
}

/// Size and time of a file: what changes when its pixels do, without reading them.
std::string stateOf(const std::string& file) {
    std::error_code virtualPath; // GDAL's own paths have neither
    const auto size = fs::file_size(file, virtualPath);
    if (virtualPath) {
        return file;
    }
    const auto time = fs::last_write_time(file, virtualPath).time_since_epoch().count();
    return file + " " + std::to_string(size) + " " + std::to_string(time);
}

/// "overlap 0.5, not 0.25": in what settings differ; empty when that cannot be said.
std::string difference(const std::string& theirs, const std::string& ours) {
    const auto then = Json::parse(theirs, nullptr, false);
    const auto now = Json::parse(ours, nullptr, false);
    std::string text;
    if (then.is_object() && now.is_object()) {
        for (const auto& [name, value] : now.items()) {
            const auto before = then.find(name);
            if (before == then.end() || *before == value) {
                continue;
            }
            text += text.empty() ? "" : "; ";
            if (name == "tiles" || name == "precision") { // kept as numbers that say nothing to people
                text += name == "tiles" ? "another part of the scene" : "another precision";
            } else {
                text += name + " " + before->dump() + ", not " + value.dump();
            }
        }
    }
    return text;
}

Json scalingOf(const models::Manifest& model) {
    Json scaling;
    for (const auto& feature : model.network.features) {
        Json bands = Json::array();
        if (const auto found = model.scaling.find(feature.name); found != model.scaling.end()) {
            for (const auto& band : found->second) {
                bands.push_back({band.minimum, band.maximum, band.logarithmic});
            }
        }
        scaling.push_back({feature.name, feature.bands, bands});
    }
    return scaling;
}

std::string textOf(const KeptSettings& kept) {
    Json json{{"batch", kept.batch}};
    if (kept.location) {
        json["location"] = *kept.location;
    }
    return json.dump();
}

KeptSettings keptFrom(const std::string& text, const engine::RunStorage& storage) {
    try {
        const auto json = Json::parse(text);
        KeptSettings kept;
        kept.batch = json.at("batch").get<int>();
        if (json.contains("location")) {
            kept.location = json.at("location").get<std::vector<float>>();
        }
        return kept;
    } catch (const Json::exception&) {
        throw Error("The interrupted prediction in " + storage.place() +
                    " cannot go on: its journal is damaged; predict anew, without resuming.");
    }
}

} // namespace

engine::RunIdentity identityOf(const scene::Scene& scene, const models::Manifest& model,
                               const PredictOptions& options, const geo::Grid& grid, const std::string& tiles,
                               models::Precision precision) {
    std::string sceneText = scene::toJson(scene);
    for (const auto& raster : scene.rasters) {
        sceneText += stateOf(raster.file);
        for (const std::string& tile : raster.tiles) {
            sceneText += stateOf(tile);
        }
        if (!raster.fillFile.empty()) {
            sceneText += stateOf(raster.fillFile);
        }
    }
    const Json modelText{model.fingerprint, scalingOf(model), requiredFeatures(model)};
    Json settings{{"pixel_size", grid.pixelSize},
                  {"tile", model.network.tile},
                  {"overlap", options.overlap},
                  {"tiles", tiles},
                  {"inference", options.inference.name()},
                  {"passes", options.inference.dropoutPasses},
                  {"seed", options.inference.seed},
                  {"region", options.region},
                  {"precision", static_cast<int>(precision)},
                  {"device", options.device.device}};
    if (isCoordinateEncoding(model)) { // a run of before they were each tile's own cannot go on
        settings["coordinates"] = "of each tile";
    }
    return {scene.name + " " + hashed(sceneText), model.name + " " + hashed(modelText.dump()),
            settings.dump()};
}

PredictionRun::PredictionRun(const fs::path& folder, const engine::RunIdentity& identity, bool resume,
                             int columns, int rows, int bands, const KeptSettings& kept)
    : m_storage(folder), m_kept(kept) {
    if (resume) {
        if (auto journal = engine::loadJournal(m_storage)) {
            const auto differs = difference(journal->identity.settings, identity.settings);
            if (!differs.empty() && journal->identity.scene == identity.scene &&
                journal->identity.model == identity.model) {
                throw Error("The interrupted prediction in " + m_storage.place() +
                            " was made with other settings (" + differs +
                            "), so it cannot go on with this one; give what it was started with, or predict "
                            "anew, without resuming.");
            }
            engine::checkSameRun(*journal, identity, m_storage);
            if (journal->columns != columns || journal->rows != rows || journal->bands != bands) {
                throw Error("The interrupted prediction in " + m_storage.place() +
                            " has another size than this one; predict anew, without resuming.");
            }
            for (std::size_t i = 0; i < journal->strips.size(); ++i) {
                engine::readStrip(*journal, i, m_storage); // better now than after hours of computing
            }
            m_kept = keptFrom(journal->kept, m_storage);
            m_journal = std::move(*journal);
            m_resumed = true;
            return;
        }
    }
    m_storage.clear();
    m_journal.identity = identity;
    m_journal.kept = textOf(m_kept);
    m_journal.columns = columns;
    m_journal.rows = rows;
    m_journal.bands = bands;
}

PredictionRun::~PredictionRun() {
    // Strips of the first row of tiles may be there, but no journal that knows of them.
    const bool hasJournal =
        m_resumed || m_journal.open.firstRow > 0 || m_journal.open.nextTiles != engine::OpenRows::noTilesLeft;
    if (!hasJournal) {
        m_storage.remove();
    }
}

void PredictionRun::keepLocation(const std::vector<float>& vector) {
    m_kept.location = vector;
    m_journal.kept = textOf(m_kept);
}

void PredictionRun::remove() {
    m_storage.remove();
}

} // namespace nunatak::prediction
