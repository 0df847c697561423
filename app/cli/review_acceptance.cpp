// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/review_acceptance.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "cli/opened_project.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/evidence_task.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace nunatak::cli {

namespace {

review::AcceptanceRule ruleOf(const AcceptanceArguments& arguments) {
    if (!(arguments.percent >= 0 && arguments.percent <= 100)) {
        throw Error("--accept-above wants a share of a glacier's ground in percent, from 0 to 100.");
    }
    review::AcceptanceRule rule;
    rule.sure = arguments.percent / 100;
    if (arguments.bandWithin >= 0) {
        rule.widestBand = arguments.bandWithin;
    }
    return rule;
}

void print(const review::Acceptance& acceptance, const review::AcceptanceRule& rule,
           const AcceptanceArguments& arguments) {
    const auto count = static_cast<long long>(acceptance.accepted.size());
    fmt::print("{} of {}, {}, {} accepted: {}.\n", count, counted(acceptance.glaciers, "glacier"),
               areaText(acceptance.area), arguments.isDryRun ? "would be" : (count == 1 ? "is" : "are"),
               review::inWords(rule));
    if (const std::string left = review::leftInWords(acceptance); !left.empty()) {
        fmt::print("{}\n", left);
    }
    if (!acceptance.isCalibrated) {
        fmt::print(
            "The model's confidence is not calibrated: sure is what is not among the least sure twentieth "
            "of the scene, which is an order and no probability.\n");
    }
}

void printJson(const review::Acceptance& acceptance, const std::string& layer,
               const AcceptanceArguments& arguments) {
    nlohmann::json uuids = nlohmann::json::array();
    for (const auto& outline : acceptance.accepted) {
        uuids.push_back(outline->uuid);
    }
    const nlohmann::json json = {{"layer", layer},
                                 {"accepted", acceptance.accepted.size()},
                                 {"area_m2", acceptance.area},
                                 {"glaciers", acceptance.glaciers},
                                 {"less_sure", acceptance.unsure},
                                 {"judged", acceptance.judged},
                                 {"by_hand", acceptance.byHand},
                                 {"without_confidence", acceptance.unknown},
                                 {"is_calibrated", acceptance.isCalibrated},
                                 {"is_dry_run", arguments.isDryRun},
                                 {"uuids", uuids}};
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

} // namespace

void acceptSure(const AcceptanceArguments& arguments, const Context& context) {
    const auto rule = ruleOf(arguments);
    const auto project = openProject(arguments.project, arguments.isDryRun ? project::Access::ReadOnly
                                                                           : project::Access::ReadWrite);
    const auto layer = arguments.layer.empty() ? project::inventoryOr(*project, {})
                                               : project::layerNamed(*project, arguments.layer);
    if (layer.empty() || outlines::isReference(project->layer(layer).kind)) {
        throw Error("What is accepted is an inventory. " +
                    (layer.empty() ? std::string("The project has none yet; start one.")
                                   : outlines::titleOf(project->layer(layer)) +
                                         " is a reference; start an inventory from it."));
    }
    auto task = tasks::evidenceOf(*project, layer);
    task.expert.reset(); // the model alone is asked
    task.earlier.reset();
    std::vector<std::string> notes;
    std::vector<review::LayerEvidence::Measured> measured;
    {
        ProgressBar bar(context.stop);
        measured = tasks::measure(task, bar.progress(), &notes);
    }
    for (const auto& note : notes) {
        tell(printable("nunatak-cli: " + note + "\n"));
    }
    const auto acceptance = review::acceptanceOf(measured, rule, arguments.filter);
    if (!arguments.isDryRun && !acceptance.accepted.empty()) {
        project->commit(review::accept(layer, acceptance, rule));
        save(*project);
    }
    if (arguments.json) {
        printJson(acceptance, layer, arguments);
    } else {
        print(acceptance, rule, arguments);
    }
}

} // namespace nunatak::cli
