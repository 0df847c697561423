// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/opened_project.h"
#include "cli/review_acceptance.h"

#include "outlines/outline_name.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "review/review_progress.h"
#include "review/review_queue.h"
#include "tasks/boundaries_task.h"
#include "tasks/evidence_task.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace nunatak::cli {

namespace {

struct ReviewArguments {
    std::string project;
    std::string layer;
    tasks::EvidenceChoice choice;
    std::string weights;
    std::string reviewer;
    std::vector<double> sizes;
    std::vector<double> region;
    std::string attribute;
    std::size_t limit = 0;
    double acceptAbove = -1;
    double bandWithin = -1;
    bool dryRun = false;
    bool doubtful = false;
    bool all = false;
    bool quick = false;
    bool json = false;
    bool csv = false;
};

/// Throws Error where no glacier has the attribute that --attribute names.
void throwIfNobodyHas(const std::string& attribute, const std::vector<outlines::OutlineHandle>& glaciers) {
    const std::string name = attribute.substr(0, attribute.find('='));
    std::set<std::string> known{"name", "date", "sensor", "analyst"};
    for (const auto& glacier : glaciers) {
        for (const auto& [each, value] : glacier->attributes) {
            known.insert(each);
        }
    }
    if (!attribute.empty() && !known.contains(name)) {
        throw Error("No glacier has an attribute \"" + name +
                    "\". There are: " + fmt::format("{}", fmt::join(known, ", ")) + ".");
    }
}

/// A layer with all that was found out about it.
struct Found {
    review::LayerEvidence evidence;
    tasks::EvidenceTask task;
    std::vector<std::string> notes;
};

Found measured(const project::Project& project, const std::string& layer, const ReviewArguments& arguments,
               const Context& context) {
    Found found{review::LayerEvidence(layer), tasks::evidenceOf(project, layer, arguments.choice), {}};
    ProgressBar bar(context.stop);
    const Progress progress = bar.progress();
    const double share = arguments.quick ? 1 : 0.3;
    auto evidence = tasks::measure(found.task, progress.part(0, share), &found.notes);
    if (!arguments.quick) {
        std::set<std::string> scenes;
        for (const auto& glacier : found.task.glaciers) {
            scenes.insert(glacier->sceneId);
        }
        for (const auto& scene : project.scenes()) {
            if (!scenes.contains(scene.id) || scene.bands("optical").empty()) {
                continue;
            }
            try {
                const auto picture =
                    tasks::lookAt(scene::SceneReader(scene, context.pool), progress.part(share, 0.6));
                tasks::addConditions(evidence, scene.id, *picture, project.crs(), nullptr,
                                     progress.part(0.6, 0.7));
            } catch (const Cancelled&) {
                throw;
            } catch (const Error& error) { // a picture that is gone is no reason to have no queue
                found.notes.push_back(std::string("Shadow, cloud and snow are not known: ") + error.what());
            }
        }
    }
    found.evidence.take(evidence, found.task.all);
    if (!arguments.quick) {
        std::set<std::string> looked;
        for (const auto& glacier : found.task.glaciers) {
            looked.insert(glacier->uuid);
        }
        found.evidence.take(editing::check(tasks::checkOf(project, layer), progress.part(0.7, 1)), looked);
    }
    return found;
}

review::Filter filterOf(const ReviewArguments& arguments) {
    std::vector<review::Filter> filters;
    if (arguments.doubtful) {
        filters.push_back(review::doubtful());
    } else if (!arguments.all && arguments.reviewer.empty()) {
        filters.push_back(review::needsAnEye());
    }
    if (!arguments.reviewer.empty()) {
        filters.push_back(review::reviewedBy(arguments.reviewer));
    }
    if (!arguments.sizes.empty()) {
        if (arguments.sizes[0] > arguments.sizes[1]) {
            throw Error(fmt::format("--size wants the smallest first, then the largest: {} {} km².",
                                    arguments.sizes[1], arguments.sizes[0]));
        }
        filters.push_back(review::ofSize(arguments.sizes[0], arguments.sizes[1]));
    }
    if (!arguments.region.empty()) {
        const auto& corners = arguments.region;
        if (corners[0] >= corners[2] || corners[1] >= corners[3]) {
            throw Error("--region wants xmin ymin xmax ymax, the smaller of both x and of both y first; the "
                        "region would have no area.");
        }
        filters.push_back(review::within({{{{corners[0], corners[1]},
                                            {corners[2], corners[1]},
                                            {corners[2], corners[3]},
                                            {corners[0], corners[3]}},
                                           {}}}));
    }
    if (!arguments.attribute.empty()) {
        const auto equals = arguments.attribute.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw Error("--attribute wants NAME=TEXT, such as surge_type=1, not \"" + arguments.attribute +
                        "\".");
        }
        filters.push_back(review::attributeIs(arguments.attribute.substr(0, equals),
                                              arguments.attribute.substr(equals + 1)));
    }
    return review::allOf(std::move(filters));
}

nlohmann::json orNull(const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
}

nlohmann::json toJson(const review::ReviewQueue::Entry& entry, std::size_t place) {
    const auto& outline = *entry.glacier.outline;
    const auto& evidence = entry.evidence;
    nlohmann::json faults = nlohmann::json::array();
    for (const auto fault : evidence.faults) {
        faults.push_back(editing::toString(fault));
    }
    const auto extent = outline.extent();
    return {{"place", place},
            {"score", entry.score},
            {"uuid", outline.uuid},
            {"name", outlines::nameOf(outline)},
            {"why", entry.why},
            {"area_m2", evidence.area},
            {"extent", {extent.xmin, extent.ymin, extent.xmax, extent.ymax}},
            {"review", outlines::toString(outline.review)},
            {"reviewer", outline.reviewRecord.reviewer},
            {"review_time", outline.reviewRecord.time},
            {"review_note", outline.reviewRecord.note},
            {"review_outdated", outline.reviewRecord.isOutdated},
            {"band_width_m", evidence.band ? nlohmann::json(evidence.band->width) : nlohmann::json()},
            {"unsure_share", evidence.band ? nlohmann::json(evidence.band->unsureShare) : nlohmann::json()},
            {"is_calibrated", evidence.band ? nlohmann::json(evidence.band->isCalibrated) : nlohmann::json()},
            {"difference_from_expert", orNull(evidence.difference)},
            {"area_change", orNull(evidence.change)},
            {"is_new", evidence.isNew},
            {"shadow_share", orNull(evidence.shadow)},
            {"cloud_share", orNull(evidence.cloud)},
            {"snow_share", orNull(evidence.snow)},
            {"faults", faults}};
}

nlohmann::json nameOrNull(const std::optional<tasks::Reference>& reference) {
    return reference ? nlohmann::json(reference->layer) : nlohmann::json();
}

void printJson(const project::Project& project, const Found& found, const review::ReviewQueue& queue,
               const review::ReviewProgress& progress, std::size_t shown) {
    nlohmann::json entries = nlohmann::json::array();
    for (std::size_t i = 0; i < shown; ++i) {
        entries.push_back(toJson(*queue.entries()[i], i + 1));
    }
    const nlohmann::json json = {{"layer", found.task.layer},
                                 {"crs", project.crs().name()},
                                 {"expert", nameOrNull(found.task.expert)},
                                 {"earlier", nameOrNull(found.task.earlier)},
                                 {"progress",
                                  {{"glaciers", progress.count.outlines},
                                   {"reviewed", review::upToDate(progress.count)},
                                   {"doubtful", progress.count.doubtful},
                                   {"removed", progress.count.removed},
                                   {"outdated", progress.count.outdated},
                                   {"left", progress.left},
                                   {"area_m2", progress.area},
                                   {"area_reviewed_m2", progress.areaReviewed},
                                   {"seconds_per_verdict", orNull(progress.secondsPerVerdict)},
                                   {"seconds_left", orNull(progress.secondsLeft())},
                                   {"words", review::inWords(progress)}}},
                                 {"in_queue", queue.entries().size()},
                                 {"queue", entries}};
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// A value of a CSV file (RFC 4180).
std::string quoted(const nlohmann::json& value) {
    if (value.is_null()) {
        return {};
    }
    if (!value.is_string()) {
        return value.dump();
    }
    std::string text = value.get<std::string>();
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    for (std::size_t i = text.find('"'); i != std::string::npos; i = text.find('"', i + 2)) {
        text.insert(i, 1, '"');
    }
    return '"' + text + '"';
}

void printCsv(const review::ReviewQueue& queue, std::size_t shown) {
    const std::vector<const char*> columns{
        "place",           "score",        "uuid",         "name",          "why",
        "area_m2",         "review",       "reviewer",     "review_time",   "review_note",
        "review_outdated", "band_width_m", "unsure_share", "is_calibrated", "difference_from_expert",
        "area_change",     "is_new",       "shadow_share", "cloud_share",   "snow_share",
        "faults"};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        fmt::print("{}{}", i == 0 ? "" : ",", columns[i]);
    }
    fmt::print("\n");
    for (std::size_t i = 0; i < shown; ++i) {
        nlohmann::json row = toJson(*queue.entries()[i], i + 1);
        std::string faults;
        for (const auto& fault : row["faults"]) {
            faults += (faults.empty() ? "" : "; ") + fault.get<std::string>();
        }
        row["faults"] = faults;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            fmt::print("{}{}", column == 0 ? "" : ",", quoted(row[columns[column]]));
        }
        fmt::print("\n");
    }
}

void printTable(const Found& found, const review::ReviewQueue& queue, const review::ReviewProgress& progress,
                std::size_t shown) {
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& entry = *queue.entries()[i];
        fmt::print("{:>5}  {:.2f}  {:>10}  {}{}\n", i + 1, entry.score, areaText(entry.evidence.area),
                   printableName(outlines::nameInSentence(*entry.glacier.outline)),
                   entry.why.empty() ? "" : ": " + entry.why);
    }
    const auto rest = queue.entries().size() - shown;
    if (rest > 0) {
        fmt::print("and {} more.\n", rest);
    }
    if (queue.entries().empty()) {
        fmt::print("Nothing of the layer \"{}\" is in the queue.\n", found.task.layer);
    }
    const auto against = [](const std::optional<tasks::Reference>& reference, const char* what) {
        return reference ? fmt::format(" {} \"{}\".", what, reference->title) : std::string();
    };
    fmt::print("Reviewed: {}; {} of {}.{}{}\n", review::inWords(progress), areaText(progress.areaReviewed),
               areaText(progress.area), against(found.task.expert, "Held against"),
               against(found.task.earlier, "Change is since"));
}

void runReview(const ReviewArguments& arguments, const Context& context) {
    const auto criteria =
        arguments.weights.empty() ? review::usualCriteria() : review::criteriaFrom(arguments.weights);
    if (arguments.acceptAbove >= 0) {
        ReviewArguments ofAll = arguments;
        ofAll.all = true; // what is judged already is told of
        acceptSure({arguments.project, arguments.layer, arguments.acceptAbove, arguments.bandWithin,
                    filterOf(ofAll), arguments.dryRun, arguments.json},
                   context);
        return;
    }
    const auto filter = filterOf(arguments);
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto layer = arguments.layer.empty() ? project::inventoryOr(*project, {})
                                               : project::layerNamed(*project, arguments.layer);
    if (layer.empty()) {
        throw Error("The project has no inventory yet. Name the layer that is meant: --layer.");
    }
    throwIfNobodyHas(arguments.attribute, project->outlines(layer).all());
    const Found found = measured(*project, layer, arguments, context);
    for (const auto& note : found.notes) {
        tell(printable("nunatak-cli: " + note + "\n"));
    }
    const auto glaciers = project->outlines(layer).all();
    const review::ReviewQueue queue(glaciers, found.evidence, criteria, filter);
    const auto progress = review::progressOf(glaciers, found.evidence);
    const std::size_t shown =
        arguments.limit == 0 ? queue.entries().size() : std::min(arguments.limit, queue.entries().size());
    if (arguments.json) {
        printJson(*project, found, queue, progress, shown);
    } else if (arguments.csv) {
        printCsv(queue, shown);
    } else {
        printTable(found, queue, progress, shown);
    }
}

} // namespace

void addReview(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "review", "The glaciers of a layer that need an eye, the one that needs it most first, and why");
    auto arguments = std::make_shared<ReviewArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer, "Layer to go through (default: the inventory)");
    command->add_option("--expert", arguments->choice.expert,
                        "Layer to hold it against (default: the expert's of the same scene or time)");
    command->add_option("--earlier", arguments->choice.earlier,
                        "Layer that change is since (default: the latest one of before)");
    command->add_option("--weights", arguments->weights,
                        "What counts how much: band=3,difference=2,faults=1.5,verdict=1,change=1,size=2");
    command->add_option("--limit", arguments->limit, "Only that many, those that need it most");
    auto* doubtful = command->add_flag("--doubtful", arguments->doubtful, "Only what somebody doubts");
    command->add_flag("--all", arguments->all, "Also what is reviewed")->excludes(doubtful);
    command->add_option("--reviewer", arguments->reviewer, "Only what this person judged");
    command->add_option("--size", arguments->sizes, "Only glaciers of so many km²: least and most")
        ->expected(2);
    command
        ->add_option("--region", arguments->region,
                     "Only glaciers within xmin ymin xmax ymax (the project's CRS)")
        ->expected(4);
    command->add_option("--attribute", arguments->attribute, "Only where an attribute says so: NAME=TEXT");
    command->add_flag("--quick", arguments->quick,
                      "Without looking through the picture (shadow, cloud, snow) and checking the outlines");
    auto* accept =
        command
            ->add_option(
                "--accept-above", arguments->acceptAbove,
                "Accept what is not reviewed and what the model is sure of so much of the ground of, "
                "in percent; one step")
            ->check(CLI::Range(0.0, 100.0));
    command
        ->add_option("--band-within", arguments->bandWithin,
                     "Accept only where the band of low confidence is no wider than so many metres")
        ->check(CLI::NonNegativeNumber)
        ->needs(accept);
    command->add_flag("--dry-run", arguments->dryRun, "Only say how many would be accepted")->needs(accept);
    auto* json =
        command->add_flag("--json", arguments->json, "Print JSON (areas in m², places in the project's CRS)");
    command->add_flag("--csv", arguments->csv, "Print CSV, a line per glacier")->excludes(json);
    for (const char* other :
         {"--expert", "--earlier", "--weights", "--limit", "--doubtful", "--all", "--quick", "--csv"}) {
        accept->excludes(command->get_option(other)); // which say nothing of what is accepted
    }
    command->footer("Examples:\n"
                    "  nunatak-cli review demo.gpkg --limit 10\n"
                    "  nunatak-cli review demo.gpkg --layer predicted --weights band=3,size=0 --csv\n"
                    "  nunatak-cli review demo.gpkg --accept-above 95 --dry-run");
    command->callback([=, &context] { context.run = [=, &context] { runReview(*arguments, context); }; });
}

} // namespace nunatak::cli
