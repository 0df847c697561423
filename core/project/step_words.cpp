// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/step_words.h"

#include "project/step_tools.h"

namespace nunatak::project {

bool isMomentKnown(const HistoryStep& step) {
    return step.id != 0 && step.tool != tools::others;
}

std::string momentInWords(const HistoryStep& step) {
    return step.id == 0 || step.time.empty() ? std::string()
           : isMomentKnown(step)             ? step.time
                                             : "before " + step.time;
}

} // namespace nunatak::project
