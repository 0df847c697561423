// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/prediction_task.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "models/module_loader.h"
#include "prediction/precision_check.h"

namespace nunatak::tasks {

FinishedPrediction predict(PredictionTask task, const InstallPaths& paths, const Progress& progress) {
    progress.report(0, "Loading the model");
    return predict(std::move(task), models::loadModule(paths.modelsModule), paths.userModels, progress);
}

FinishedPrediction predict(PredictionTask task, models::ModelsModule& module,
                           const std::filesystem::path& userModels, const Progress& progress) {
    auto& options = task.options;
    options.outlineLowConfidence = true;
    if (task.around) {
        options.within = geo::buffered(geo::unionOf(task.around(progress.part(0, 0.02))), task.buffer);
    }
    const auto model = prediction::checkedIfNeeded(task.model, module, *task.scene, options, userModels,
                                                   progress.part(0.02, 0.05));
    if (task.check) {
        task.check(
            prediction::expectedPrediction(*task.scene, model, module, task.crs, task.folder, options));
    }
    FinishedPrediction finished;
    auto& result = finished.prediction;
    result = prediction::predictScene(*task.scene, model, module, task.crs, task.folder, options,
                                      progress.part(0.05, 1));
    finished.bands = prediction::confidenceBandsFile(result.confidence);
    try {
        exchange::writeOutlines(result.lowConfidence, task.crs, finished.bands, {},
                                options.standalone ? options.claim : inOwnFolder());
    } catch (const Error& error) {
        finished.bandsProblem = error.what();
    }
    return finished;
}

} // namespace nunatak::tasks
