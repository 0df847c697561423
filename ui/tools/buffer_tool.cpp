// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/buffer_tool.h"

#include "editing/area_words.h"
#include "editing/buffer.h"
#include "outlines/outline_name.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/refusal.h"
#include "ui/tools/shape_tool.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cstdlib>
#include <memory>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Draft;
using nunatak::editing::EdgeIndices;
using nunatak::editing::Neighbours;

constexpr auto distanceId = "bufferBy";
/// Metres on the ground.
constexpr std::array distances{-200, -150, -100, -60, -45, -30, -20, -15, -10, -5, 0,
                               5,    10,   15,   20,  30,  45,  60,  100, 150, 200};
constexpr int noDistance = 10;
static_assert(distances[noDistance] == 0);

class BufferTool : public ShapeTool {
    Q_DECLARE_TR_FUNCTIONS(BufferTool)

public:
    void choose(const QString& option, int value) override {
        const auto neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
        const int number = option == QLatin1String(distanceId) ? value : m_value;
        if (neighbours != m_neighbours || number != m_value) {
            m_neighbours = neighbours;
            m_value = number;
            chosenAnew();
        }
    }

protected:
    std::shared_ptr<const Work> work(const Refs& refs, const Scene& scene, QString& reason) const override {
        const int distance = distances.at(static_cast<std::size_t>(m_value));
        if (refs.size() > 1) {
            reason = tr("One glacier at a time: click it.");
            return nullptr;
        }
        if (distance == 0) {
            reason =
                tr("Shift and wheel: up makes it wider, down narrower · T: what that means for neighbours");
            return nullptr;
        }
        return std::make_shared<const Work>([layers = scene.snapshot(refs.front().layer), ref = refs.front(),
                                             distance, neighbours = m_neighbours,
                                             ground = groundMetresOf(refs, scene)] {
            Proposal proposal;
            proposal.selection = Selection{{ref}, {}};
            try {
                EdgeIndices indices;
                proposal.edit = nunatak::editing::buffer(Draft(layers, indices), ref, distance / ground,
                                                         neighbours, ground);
                proposal.done = QString::fromStdString(proposal.edit->description) + QLatin1Char('.');
                sayWhoGivesWay(ref, ground, proposal);
            } catch (const Error& error) {
                sayWhyNot(error, proposal);
                proposal.hint = tr("Shift and wheel: another distance · T: what it means for neighbours · "
                                   "click: another glacier");
            }
            return proposal;
        });
    }

private:
    /// Ground that goes from neighbours to it, divides included, is more than who looks at its free edge
    /// sees.
    static void sayWhoGivesWay(const outlines::OutlineRef& ref, double groundMetres, Proposal& proposal) {
        double given = 0;
        QStringList givers;
        for (const auto& change : proposal.edit->changes) {
            const double lost = change.before->area() - (change.after ? change.after->area() : 0);
            if (change.before->uuid != ref.uuid && lost * groundMetres * groundMetres >= 1) {
                given += lost * groundMetres * groundMetres;
                givers << QString::fromStdString(outlines::nameInSentence(*change.before));
            }
        }
        if (givers.isEmpty()) {
            return;
        }
        const auto area = QString::fromStdString(nunatak::editing::areaWords(given));
        proposal.note = givers.size() == 1
                            ? tr("%1 out of %2").arg(area, givers.front())
                            : tr("%1 out of %2 neighbours").arg(area, QLocale().toString(givers.size()));
        proposal.hint = tr("Right click or Enter: do it · Shift and wheel: how far · T: not into neighbours");
    }

    int m_value = noDistance;
    Neighbours m_neighbours = Neighbours::Together;
};

Option distanceOption() {
    Option option{
        distanceId,
        BufferTool::tr("By"),
        BufferTool::tr("How much wider, with T on together into neighbours, too; or, below 0, narrower: then "
                       "lines that neighbours share stay"),
        QKeySequence(Qt::SHIFT | Qt::Key_O),
        {},
        noDistance,
        true};
    for (const int metres : distances) {
        option.values << BufferTool::tr("%1%2 m")
                             .arg(metres > 0   ? QStringLiteral("+")
                                  : metres < 0 ? QStringLiteral("−")
                                               : QString())
                             .arg(std::abs(metres));
    }
    return option;
}

} // namespace

ToolEntry bufferTool() {
    return {"buffer",
            "transform-scale",
            BufferTool::tr("Wi&den or narrow"),
            BufferTool::tr("Move the edge of the selected glacier outwards or inwards by a distance"),
            QKeySequence(Qt::SHIFT | Qt::Key_B),
            [] { return std::make_unique<BufferTool>(); },
            {},
            {distanceOption(), neighboursOption()}};
}

} // namespace nunatak::ui::tools
