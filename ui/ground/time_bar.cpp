// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/time_bar.h"

#include "ui/base/owned.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace nunatak::ui::ground {

using viewport::SceneComparison;

namespace {

QToolButton* smallButton(const QString& name, const char* icon, const QString& tip) {
    auto* button = owned<QToolButton>();
    button->setObjectName(name);
    button->setIcon(QIcon::fromTheme(QLatin1String(icon)));
    button->setToolTip(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace

TimeBar::TimeBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("timeBar"));
    setCursor(Qt::ArrowCursor);
    m_before = smallButton(QStringLiteral("dateBefore"), "go-previous", tr("The scene before this one"));
    m_after = smallButton(QStringLiteral("dateAfter"), "go-next", tr("The scene after this one"));
    m_dates = owned<QSlider>(Qt::Horizontal);
    m_dates->setObjectName(QStringLiteral("dates"));
    m_dates->setPageStep(1);
    m_dates->setTickPosition(QSlider::TicksBelow);
    m_dates->setTickInterval(1);
    m_dates->setFixedWidth(150);
    m_dates->setTracking(false); // a scene on the way to the one that is meant need not be drawn
    m_dates->setToolTip(tr("The project's scenes by date"));
    m_date = owned<QLabel>();
    m_date->setObjectName(QStringLiteral("date"));
    m_others = owned<QComboBox>();
    m_others->setObjectName(QStringLiteral("otherScene"));
    m_others->setToolTip(tr("The scene to compare with"));

    auto* layout = owned<QHBoxLayout>(this);
    layout->setContentsMargins(8, 3, 8, 3);
    layout->setSpacing(4);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_before, m_dates, m_after, m_date}) {
        layout->addWidget(widget);
    }
    layout->addSpacing(10);
    layout->addWidget(m_others);
    auto* group = owned<QButtonGroup>(this);
    const auto addMode = [&](SceneComparison::Mode mode, const QString& name, const char* icon,
                             const QString& tip) {
        auto* button = smallButton(name, icon, tip);
        button->setCheckable(true);
        group->addButton(button, static_cast<int>(mode));
        layout->addWidget(button);
        m_modes.push_back(button);
    };
    addMode(SceneComparison::Mode::Swipe, QStringLiteral("compareSwipe"), "view-split-left-right",
            tr("Swipe: the other scene to the right of a line that can be dragged"));
    addMode(SceneComparison::Mode::Flicker, QStringLiteral("compareFlicker"), "media-playlist-repeat",
            tr("Flicker: one scene after the other in the same place"));
    addMode(SceneComparison::Mode::SideBySide, QStringLiteral("compareSideBySide"), "view-right-new",
            tr("Side by side, both seen from the same place"));

    connect(m_before, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_after, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_dates, &QSlider::valueChanged, this, [this](int index) {
        if (!m_isFilling && index >= 0 && index < static_cast<int>(m_scenes.size())) {
            Q_EMIT sceneChosen(m_scenes[static_cast<std::size_t>(index)].id);
        }
    });
    connect(m_others, &QComboBox::activated, this,
            [this] { Q_EMIT otherChosen(m_others->currentData().toString()); });
    connect(group, &QButtonGroup::idClicked, this,
            [this](int mode) { Q_EMIT modeChosen(static_cast<SceneComparison::Mode>(mode)); });
    hide();
}

int TimeBar::indexOf(const QString& id) const {
    const auto found = std::find_if(m_scenes.begin(), m_scenes.end(),
                                    [&](const DatedScene& scene) { return scene.id == id; });
    return found != m_scenes.end() ? static_cast<int>(found - m_scenes.begin()) : -1;
}

void TimeBar::step(int by) {
    const int next = indexOf(m_current) + by;
    if (next >= 0 && next < static_cast<int>(m_scenes.size())) {
        Q_EMIT sceneChosen(m_scenes[static_cast<std::size_t>(next)].id);
    }
}

void TimeBar::setScenes(const std::vector<DatedScene>& scenes, const QString& current) {
    m_scenes = scenes;
    m_current = current;
    showScenes();
}

void TimeBar::setOther(const QString& id, SceneComparison::Mode mode) {
    m_other = id;
    m_mode = mode == SceneComparison::Mode::None ? m_mode : mode;
    showScenes();
}

void TimeBar::setRoom(int pixels) {
    m_room = pixels;
    // Arrows and the date say the same in less room.
    m_dates->show();
    layout()->activate();
    m_dates->setVisible(sizeHint().width() <= m_room);
    layout()->activate();
    resize(sizeHint().boundedTo(QSize(std::max(m_room, minimumSizeHint().width()), sizeHint().height())));
}

void TimeBar::setShown(const QString& id) {
    if (id != m_shown) {
        m_shown = id;
        showScenes();
    }
}

void TimeBar::showScenes() {
    m_isFilling = true;
    const int count = static_cast<int>(m_scenes.size());
    const int index = indexOf(m_current);
    m_dates->setRange(0, std::max(0, count - 1));
    m_dates->setValue(std::max(0, index));
    m_before->setEnabled(index > 0);
    m_after->setEnabled(index >= 0 && index < count - 1);
    const int seen = indexOf(m_shown.isEmpty() ? m_current : m_shown);
    m_date->setText(seen >= 0 ? m_scenes[static_cast<std::size_t>(seen)].date : QString());
    m_date->setForegroundRole(m_shown.isEmpty() ? QPalette::WindowText : QPalette::Link);
    m_date->setToolTip(index >= 0 ? m_scenes[static_cast<std::size_t>(index)].name : QString());
    m_others->clear();
    m_others->addItem(tr("Compare with…"), QString());
    for (const auto& scene : m_scenes) {
        if (scene.id != m_current) {
            m_others->addItem(scene.date, scene.id);
            m_others->setItemData(m_others->count() - 1, scene.name, Qt::ToolTipRole);
        }
    }
    m_others->setCurrentIndex(std::max(0, m_others->findData(m_other)));
    const bool compares = m_others->currentIndex() > 0;
    m_others->setItemText(0, compares ? tr("Compare no longer") : tr("Compare with…"));
    for (std::size_t i = 0; i < m_modes.size(); ++i) {
        m_modes[i]->setVisible(compares);
        m_modes[i]->setChecked(static_cast<SceneComparison::Mode>(i + 1) == m_mode);
    }
    setVisible(count > 1);
    setRoom(m_room);
    m_isFilling = false;
}

void TimeBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QColor(0, 0, 0, 50)); // on snow the plate would have no edge
    auto plate = palette().color(QPalette::Window);
    plate.setAlpha(225);
    painter.setBrush(plate);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace nunatak::ui::ground
