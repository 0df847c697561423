// SPDX-License-Identifier: GPL-3.0-or-later
// Coordinates that are typed.
#include "base/error.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"
#include "ui/editing/tool_pill.h"
#include "ui/editing/typed_place.h"
#include "ui/viewport/viewport.h"

#include <algorithm>

namespace nunatak::ui::editing {

void ToolHost::showPlace() {
    if (!m_place) {
        m_pill->showPlace({}, {});
        return;
    }
    const geo::Crs crs = m_world.crs ? m_world.crs() : geo::Crs();
    QStringList tip{tr("Type another place: easting and northing, or degrees with N, S, E, W")};
    if (!crs.empty()) {
        tip << QString::fromStdString(crs.name()) << latitudeLongitudeText(*m_place, crs);
    }
    m_pill->showPlace(placeText(*m_place), tip.join(QLatin1Char('\n')));
}

bool ToolHost::beginTyping() {
    if (!m_place || m_gesture || m_nudge) {
        return false;
    }
    m_pill->type(placeText(*m_place));
    return true;
}

void ToolHost::endTyping(const QString& text) {
    const QPointF below(m_pill->geometry().center().x(), m_pill->geometry().bottom());
    const auto refuse = [&](const QString& why) { m_note->say(why, PointerNote::Kind::Refusal, below); };
    if (!m_place || text == placeText(*m_place)) {
        m_pill->endTyping();
        return;
    }
    try {
        const geo::Point place = typedPlace(text, m_world.crs ? m_world.crs() : geo::Crs());
        // A digit too many is no place that anybody means.
        if (const auto terrain = m_view.terrain()) {
            const geo::Extent shown = terrain->heightGrid.extent();
            if (!shown.grown(std::max(shown.width(), shown.height())).contains(place)) {
                throw Error(tr("This place lies far outside of the picture.").toStdString());
            }
        }
        const tools::Proposal proposal = m_tool->moveTo(place, m_scene);
        if (!proposal.refusal.isEmpty()) {
            show(proposal, below); // with where the reason lies
            return;
        }
        m_pill->endTyping();
        perform(proposal, m_current, pointer());
        stand();
    } catch (const Error& error) {
        refuse(QString::fromUtf8(error.what()));
    }
}

} // namespace nunatak::ui::editing
