// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/project_copy.h"

#include "base/byte_size.h"
#include "base/counted.h"
#include "base/error.h"
#include "base/project_file.h"
#include "project/project.h"
#include "project/project_care.h"

#include <system_error>

namespace nunatak::tasks {

namespace {

using project::Access;
using project::Project;

std::vector<std::string> sentencesOn(const Project& copy, const PredictionRasters& rasters, bool areTaken) {
    std::size_t outlines = 0;
    for (const auto& layer : copy.layers()) {
        outlines += copy.outlines(layer.name).size();
    }
    std::vector<std::string> sentences;
    sentences.push_back("It has " + counted(static_cast<long long>(copy.layers().size()), "layer") +
                        " with " + counted(static_cast<long long>(outlines), "outline") +
                        ", reviews and notes, " +
                        counted(static_cast<long long>(copy.history().size()), "step") +
                        " of history with undo, and how the project was looked at.");
    if (!rasters.files.empty()) {
        sentences.push_back(areTaken ? "The rasters of predictions (" +
                                           counted(static_cast<long long>(rasters.files.size()), "file") +
                                           ", " + sizeText(rasters.bytes) + ") lie beside it in " +
                                           copy.filesPlace().filename().string() + "."
                                     : withoutRastersSentence(rasters));
    }
    if (!copy.scenes().empty()) {
        sentences.push_back("The pictures of " +
                            counted(static_cast<long long>(copy.scenes().size()), "scene") +
                            " stay where they are.");
    }
    return sentences;
}

} // namespace

std::vector<std::string> copyProject(const std::filesystem::path& file, const std::filesystem::path& target,
                                     TakeRasters take, const Progress& progress) {
    throwUnlessProjectName(target);
    std::error_code trouble; // rasters are copied first: it is told before that
    if (std::filesystem::exists(std::filesystem::symlink_status(target, trouble))) {
        throw Error("The file " + target.string() +
                    " exists already, and nothing is written over it. Choose another name.");
    }
    const PredictionRasters rasters = rastersBeside(file);
    const bool areTaken =
        take == TakeRasters::Yes || (take == TakeRasters::WhereLittle && rasters.bytes <= littleRoom);
    project::Beside beside;
    if (areTaken && !rasters.files.empty()) {
        beside = [&](const std::filesystem::path& staging, const Progress& copying) {
            copyRasters(rasters, staging, target, copying);
        };
    }
    project::copyFile(file, target, progress.part(0.05, 0.95), beside);
    progress.report(0.95, "Reading the copy");
    return sentencesOn(*Project::open(target, Access::ReadOnly), rasters, areTaken);
}

} // namespace nunatak::tasks
