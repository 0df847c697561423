// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/generalise_tools.h"

#include "editing/simplify.h"
#include "editing/smooth.h"
#include "geo/rings.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/refusal.h"
#include "ui/tools/shape_tool.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <optional>
#include <stop_token>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Draft;
using nunatak::editing::EdgeIndices;
using nunatak::editing::Generalised;
using nunatak::editing::LayerSource;
using nunatak::editing::Simplifier;

constexpr auto toleranceId = "tolerance";
/// Metres on the ground.
constexpr std::array tolerances{1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90};
constexpr int usualTolerance = 5;

/// What is generalised, and what is worked out of it once for all tolerances.
struct Task {
    Task(LayerSource source, std::vector<outlines::OutlineRef> outlines, geo::Ring points, double ground)
        : layers(std::move(source)), refs(std::move(outlines)), only(std::move(points)),
          groundMetres(ground) {}

    LayerSource layers;
    std::vector<outlines::OutlineRef> refs;
    geo::Ring only;      ///< vertices of the stretch that is meant; none: all
    double groundMetres; ///< of a metre of the map
    EdgeIndices indices{};
    std::optional<Simplifier> simplifier{};
};

/// The tolerance is on the map.
using Operation = Generalised (*)(Task& task, double tolerance, const std::stop_token& stop);

class GeneraliseTool : public ShapeTool {
    Q_DECLARE_TR_FUNCTIONS(GeneraliseTool)

public:
    explicit GeneraliseTool(Operation operation) : m_operation(operation) {}
    GeneraliseTool(const GeneraliseTool&) = delete;
    GeneraliseTool& operator=(const GeneraliseTool&) = delete;
    ~GeneraliseTool() override { m_stop.request_stop(); }

    void choose(const QString& option, int value) override {
        if (option == QLatin1String(toleranceId) && value != m_value) {
            m_value = value;
            chosenAnew();
        }
    }

protected:
    std::shared_ptr<const Work> work(const Refs& refs, const Scene& scene, QString&) const override {
        const Selection& now = scene.selection();
        const auto key = std::pair(now, scene.revision());
        if (m_task == nullptr || m_taskOf != key) {
            m_taskOf = key;
            m_task = std::make_shared<Task>(scene.snapshot(refs.front().layer), refs, pointsOf(scene),
                                            groundMetresOf(refs, scene));
        }
        const double tolerance = tolerances.at(static_cast<std::size_t>(m_value));
        m_stop.request_stop(); // what was asked before nobody waits for
        m_stop = std::stop_source();
        return std::make_shared<const Work>(
            [operation = m_operation, task = m_task, tolerance, now, stop = m_stop.get_token()] {
                Proposal proposal;
                proposal.selection = Selection{now.outlines, {}}; // vertices have other numbers then
                try {
                    Generalised result = operation(*task, tolerance / task->groundMetres, stop);
                    proposal.note = said(result);
                    for (const geo::Point& place : result.left) {
                        proposal.marks.spots.push_back({place, Marks::Spot::Kind::Refused});
                    }
                    if (result.edit.empty()) {
                        proposal.refusal = tr("No line changes by that.");
                        return proposal;
                    }
                    proposal.done = QString::fromStdString(result.edit.description) + QLatin1Char('.');
                    proposal.edit = std::move(result.edit);
                } catch (const Error& error) {
                    sayWhyNot(error, proposal);
                }
                return proposal;
            });
    }

private:
    static geo::Ring pointsOf(const Scene& scene) {
        const Selection& now = scene.selection();
        geo::Ring points;
        const auto outline = now.only() != nullptr ? scene.outline(*now.only()) : nullptr;
        for (const auto& vertex : now.vertices) {
            if (const auto* point = outline ? geo::vertexAt(outline->geometry, vertex) : nullptr) {
                points.push_back(*point);
            }
        }
        return points;
    }

    static QString said(const Generalised& result) {
        const QLocale locale;
        QString words = tr("%1 → %2 vertices")
                            .arg(locale.toString(static_cast<qulonglong>(result.verticesBefore)),
                                 locale.toString(static_cast<qulonglong>(result.vertices)));
        if (const std::size_t left = result.left.size(); left > 0) {
            words += left == 1 ? tr(" · 1 line stays, or it would cross another")
                               : tr(" · %1 lines stay, or they would cross others")
                                     .arg(locale.toString(static_cast<qulonglong>(left)));
        }
        return words;
    }

    Operation m_operation;
    int m_value = usualTolerance;
    mutable std::stop_source m_stop; ///< of what was asked for last
    mutable std::shared_ptr<Task> m_task;
    mutable std::pair<Selection, std::uint64_t> m_taskOf;
};

/// What takes its time is done once for all tolerances, so nobody stops it.
Generalised simplified(Task& task, double tolerance, const std::stop_token& /*stop*/) {
    if (!task.simplifier) {
        task.simplifier.emplace(Draft(task.layers, task.indices), task.refs,
                                tolerances.back() / task.groundMetres, task.only);
    }
    return task.simplifier->at(tolerance, task.groundMetres);
}

Generalised smoothed(Task& task, double tolerance, const std::stop_token& stop) {
    return nunatak::editing::smooth(Draft(task.layers, task.indices), task.refs, tolerance, task.only,
                                    task.groundMetres, stop);
}

Option toleranceOption() {
    Option option{
        toleranceId,
        GeneraliseTool::tr("Tolerance"),
        GeneraliseTool::tr("How far a simplified line may be from what it was; what is shorter goes "
                           "from a smoothed one"),
        QKeySequence(Qt::SHIFT | Qt::Key_U),
        {},
        usualTolerance,
        true};
    for (const int metres : tolerances) {
        option.values << GeneraliseTool::tr("%1 m").arg(metres);
    }
    return option;
}

} // namespace

ToolEntry simplifyTool() {
    return {
        "simplify",
        "path-simplify",
        GeneraliseTool::tr("Simplif&y"),
        GeneraliseTool::tr("Take vertices that a line within the tolerance does not need: of the selected "
                           "glaciers, or of the selected vertices' stretch"),
        QKeySequence(Qt::SHIFT | Qt::Key_E),
        [] { return std::make_unique<GeneraliseTool>(simplified); },
        {},
        {toleranceOption()}};
}

ToolEntry smoothTool() {
    return {"smooth",
            "format-node-smooth",
            GeneraliseTool::tr("S&mooth"),
            GeneraliseTool::tr("Take from the line what is shorter than the tolerance: of the selected "
                               "glaciers, or of the selected vertices' stretch"),
            QKeySequence(Qt::Key_E),
            [] { return std::make_unique<GeneraliseTool>(smoothed); },
            {},
            {toleranceOption()}};
}

} // namespace nunatak::ui::tools
