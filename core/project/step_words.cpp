// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/step_words.h"

#include "project/step_tools.h"

#include <algorithm>
#include <map>

namespace nunatak::project {

bool isMomentKnown(const HistoryStep& step) {
    return step.id != 0 && step.tool != tools::others;
}

std::string momentInWords(const HistoryStep& step) {
    return step.id == 0 || step.time.empty() ? std::string()
           : isMomentKnown(step)             ? step.time
                                             : "before " + step.time;
}

std::string toolInWords(const std::string& tool) {
    static const std::map<std::string, std::string> words{
        {"acceptOutline", "accept"},
        {"acceptSure", "accept what the model is sure of"},
        {"doubtOutline", "doubtful"},
        {"drawLine", "draw line"},
        {"extremePoints", "highest and lowest points"},
        {"newGlacier", "new glacier"},
        {"notAGlacier", "not a glacier"},
        {"placePoint", "place point"},
        {"takeHere", "take this outline"},
        {"unreviewOutline", "not reviewed"},
    };
    const auto found = words.find(tool);
    return found == words.end() ? tool : found->second;
}

std::string pictureInWords(const std::string& id, const std::vector<scene::Scene>& scenes) {
    const auto found =
        std::find_if(scenes.begin(), scenes.end(), [&](const scene::Scene& scene) { return scene.id == id; });
    if (found == scenes.end()) {
        return id;
    }
    return found->name.empty() || found->date.empty() || found->name == found->date
               ? found->name + (found->name == found->date ? "" : found->date)
               : found->name + ", " + found->date;
}

} // namespace nunatak::project
