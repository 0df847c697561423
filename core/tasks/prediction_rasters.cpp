// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/prediction_rasters.h"

#include "base/byte_size.h"
#include "base/counted.h"
#include "base/error.h"
#include "base/whole_file.h"
#include "prediction/predict_scene.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <system_error>

namespace nunatak::tasks {

namespace {

namespace fs = std::filesystem;

/// As Project::filesPlace().
fs::path placeFor(const fs::path& project) {
    return fs::absolute(project).replace_extension(".files");
}

void add(PredictionRasters& rasters, const fs::path& file) {
    std::error_code trouble;
    if (const auto size = fs::file_size(file, trouble); !trouble) {
        rasters.files.push_back(file);
        rasters.bytes += size;
    }
}

void copyInPieces(const fs::path& from, const fs::path& to, const fs::path& wanted,
                  const std::function<void(std::uintmax_t)>& copied) {
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    std::vector<char> piece(std::size_t{4} << 20);
    while (in && out) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        out.write(piece.data(), in.gcount());
        copied(static_cast<std::uintmax_t>(in.gcount()));
    }
    out.close();
    if (!in.eof()) {
        throw Error("The file " + from.string() + " cannot be read. Look at its rights and at the disk.");
    }
    if (!out) {
        throw Error("The file " + wanted.string() + " cannot be written. Is the disk full?");
    }
    syncFile(to, wanted);
}

} // namespace

PredictionRasters rastersBeside(const fs::path& project) {
    PredictionRasters rasters;
    std::error_code none;
    for (fs::directory_iterator entry(placeFor(project), none), end; !none && entry != end;
         entry.increment(none)) {
        std::error_code trouble;
        if (entry->is_regular_file(trouble) && !entry->path().filename().string().starts_with('.')) {
            add(rasters, entry->path());
        }
    }
    std::sort(rasters.files.begin(), rasters.files.end());
    return rasters;
}

PredictionRasters rastersOf(const std::vector<outlines::OutlineHandle>& outlines, const fs::path& folder,
                            const std::map<std::string, std::string>& settings) {
    std::set<std::string> runs; // that were looked for
    std::set<fs::path> files;
    for (const outlines::OutlineHandle& outline : outlines) {
        if (outline->modelFingerprint.empty() ||
            !runs.insert(outline->sceneId + '\n' + outline->model + '\n' + outline->modelFingerprint + '\n' +
                         outline->run)
                 .second) {
            continue;
        }
        const auto known = settings.find(outline->run);
        const auto confidence = prediction::confidenceFileOf(
            folder, *outline, known == settings.end() ? std::string() : known->second);
        if (!confidence) {
            continue;
        }
        const std::string name = confidence->filename().string();
        const std::string ofRun = name.substr(name.find('_'));
        for (const char* kind : {"probability", "confidence", "quality", "outlines", "uncertainty"}) {
            files.insert(folder / (kind + ofRun));
        }
        files.insert(prediction::confidenceBandsFile(*confidence));
    }
    PredictionRasters rasters;
    for (const fs::path& file : files) {
        add(rasters, file);
    }
    return rasters;
}

std::string withoutRastersSentence(const PredictionRasters& rasters) {
    return "The rasters of predictions (" + counted(static_cast<long long>(rasters.files.size()), "file") +
           ", " + sizeText(rasters.bytes) +
           ") were not taken along: how sure a model was of its outlines is not known without them, neither "
           "in a "
           "review nor in an export, until it predicts again.";
}

void copyRasters(const PredictionRasters& rasters, const fs::path& staging, const fs::path& project,
                 const Progress& progress) {
    if (rasters.files.empty()) {
        return;
    }
    const fs::path place = placeFor(project);
    std::error_code trouble;
    if (fs::exists(fs::symlink_status(place, trouble))) {
        throw Error("The folder " + place.string() +
                    " exists already, and would be that of the new project. Choose another name.");
    }
    if (const auto room = fs::space(staging, trouble); !trouble && room.available < rasters.bytes) {
        throw Error("The rasters of predictions take " + sizeText(rasters.bytes) + ", and the disk of " +
                    place.parent_path().string() + " has " + sizeText(room.available) +
                    " left. Leave them out, or free some room.");
    }
    const fs::path folder = staging / place.filename();
    fs::create_directory(folder);
    std::uintmax_t done = 0;
    for (const fs::path& file : rasters.files) {
        const std::string stage = "copying " + file.filename().string();
        copyInPieces(file, folder / file.filename(), place / file.filename(), [&](std::uintmax_t bytes) {
            done += bytes;
            progress.report(
                rasters.bytes == 0 ? 1 : static_cast<double>(done) / static_cast<double>(rasters.bytes),
                stage);
        });
    }
    syncFolder(folder, place);
}

} // namespace nunatak::tasks
