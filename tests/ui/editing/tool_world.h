// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../viewport/viewport_fixture.h"
#include "support/hand.h"
#include "ui/editing/hint_line.h"
#include "ui/editing/tool_host.h"
#include "ui/tools/fake_scene.h"

#include <QLabel>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

namespace nunatak::tests {

/// A star on the terrain of the viewport's tests, and what the host does to it.
class World : public FakeScene {
public:
    World() : m_view(shownViewport()) {
        const auto middle = m_view->terrain()->heightGrid.extent().center();
        const auto star = outlineAround(middle, 1800, 24);
        layers.all["inventory"].put(star);
        ref = {"inventory", star->uuid};
        m_view->setLayer("inventory", {star}, {QColor(255, 0, 0), 2, true});
        select({{ref}, {}});
    }

    ui::viewport::Viewport& view() const { return *m_view; }
    outlines::OutlineHandle star() const { return outline(ref); }

    ui::editing::World actions() {
        return {
            [this](const nunatak::editing::Edit& edit) {
                edits.push_back(edit);
                layers.commit(edit);
                m_view->setLayer("inventory", layers.all["inventory"].all(), {QColor(255, 0, 0), 2, true});
                return true;
            },
            [this](const ui::tools::Selection& selection) { select(selection); }, [this] { ++undone; }};
    }
    void select(const ui::tools::Selection& selection) {
        selected = selection;
        m_view->setSelection(selection.outlines);
    }

    std::optional<QPointF> project(geo::Point map) const override { return m_view->project(map); }
    bool isSeen(geo::Point map) const override {
        const auto place = m_view->project(map);
        const auto picked = place ? m_view->pick(*place) : std::nullopt;
        return picked && std::hypot(picked->map.x - map.x, picked->map.y - map.y) < 20;
    }
    std::optional<geo::Point> ground(QPointF position) const override {
        const auto picked = m_view->pick(position);
        return picked ? std::optional(picked->map) : std::nullopt;
    }

    /// The first vertex that no mountain hides.
    std::size_t vertexInSight() const {
        const auto& ring = star()->geometry[0].outer;
        const auto found =
            std::find_if(ring.begin(), ring.end(), [this](const auto& point) { return isSeen(point); });
        return static_cast<std::size_t>(found - ring.begin());
    }
    QPoint placeOf(std::size_t vertex) const {
        return m_view->project(star()->geometry[0].outer[vertex])->toPoint();
    }
    void press(QPoint place) const { QTest::mousePress(m_view.get(), Qt::LeftButton, {}, place); }
    void release(QPoint place) const { QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, place); }
    void move(QPoint place) const { moveHeld(*m_view, place); }
    void rightClick(QPoint place) const { QTest::mouseClick(m_view.get(), Qt::RightButton, {}, place); }
    /// As a keyboard sends it that repeats what is held.
    void key(QEvent::Type type, int code, bool isRepeated = false, Qt::KeyboardModifiers held = {}) const {
        QKeyEvent event(type, code, held, {}, isRepeated);
        QApplication::sendEvent(m_view.get(), &event);
    }
    QString hint() const { return m_view->findChild<ui::editing::HintLine*>()->words(); }
    QString subject() const {
        const auto* pill = m_view->findChild<QWidget*>("toolPill");
        return pill->isVisible() ? pill->findChild<QLabel*>("toolSubject")->accessibleName() : QString();
    }
    QString note() const {
        const auto* label = m_view->findChild<QLabel*>("pointerNote");
        return label->isVisible() ? label->text() : QString();
    }

    outlines::OutlineRef ref;
    std::vector<nunatak::editing::Edit> edits;
    int undone = 0;

private:
    std::unique_ptr<ui::viewport::Viewport> m_view;
};

} // namespace nunatak::tests
