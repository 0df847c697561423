// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inventory_line.h"

#include "outlines/listed_name.h"
#include "outlines/outline_state.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/state_text.h"
#include "ui/session/workspace.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStyle>

#include <algorithm>
#include <vector>

namespace nunatak::ui::layers {

using session::SelectionModel;
using session::Session;
using session::Workspace;

namespace {

constexpr int margin = 10;
constexpr auto pencil = "\u270e ";

/// The picture is of another time than the inventory: nothing can be drawn or decided by it there.
bool isOutside(const outlines::LayerInfo& layer, const std::shared_ptr<const scene::SceneReader>& picture) {
    return layer.kind == outlines::LayerKind::Inventory && picture != nullptr &&
           !picture->scene().date.empty() && !layer.epoch.covers(picture->scene().date);
}

QString outsideText(const outlines::LayerInfo& layer, const std::string& date) {
    return InventoryLine::tr("The picture is of %1, %2 of %3: its glaciers are not edited by it.")
        .arg(text(date), text(outlines::titleOf(layer)), text(outlines::toString(layer.epoch)));
}

QString dateText(const std::string& date) {
    return date.empty() ? InventoryLine::tr("of unknown date") : text(date);
}

} // namespace

InventoryLine::InventoryLine(Workspace& workspace, QWidget& view)
    : QFrame(&view), m_workspace(workspace), m_label(owned<QLabel>()),
      m_predict(owned<QPushButton>(tr("Predict and edit"))), m_start(owned<QPushButton>()),
      m_back(owned<QPushButton>(tr("Back to the inventory"))) {
    setObjectName(QStringLiteral("inventoryLine"));
    setProperty("ofCorner", true); // what is chosen of a tool stands below it
    setStyleSheet(QStringLiteral("#inventoryLine { background: rgba(16, 22, 30, 205); border-radius: 5px; }"
                                 "#inventoryLine QLabel { color: white; }"
                                 "#inventoryLine[warning=\"true\"] QLabel { color: #ffb74d; }"));
    m_label->setObjectName(QStringLiteral("inventoryText"));
    m_label->setTextFormat(Qt::PlainText);
    m_predict->setObjectName(QStringLiteral("inventoryPredict"));
    m_start->setObjectName(QStringLiteral("inventoryStart"));
    m_back->setObjectName(QStringLiteral("inventoryBack"));
    auto* row = owned<QHBoxLayout>(this);
    row->setContentsMargins(10, 4, 10, 4);
    row->addWidget(m_label);
    for (auto* button : {m_predict, m_start, m_back}) {
        button->setFocusPolicy(Qt::NoFocus); // keys stay the view's
        row->addWidget(button);
    }
    connect(m_predict, &QPushButton::clicked, this, &InventoryLine::predictRequested);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(m_reference); });
    connect(m_back, &QPushButton::clicked, this, &InventoryLine::inventoryRequested);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        const auto* session = m_workspace.session();
        connect(session, &Session::layersChanged, this, &InventoryLine::refresh);
        connect(session, &Session::scenesChanged, this, &InventoryLine::refresh);
        connect(session, &Session::pictureChanged, this, &InventoryLine::refresh);
        refresh();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &InventoryLine::refresh);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &InventoryLine::refresh);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &InventoryLine::refresh);
    view.installEventFilter(this);
    refresh();
}

QString InventoryLine::text() const {
    return m_sentence;
}

void InventoryLine::refresh() {
    m_name.clear();
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        hide();
        return;
    }
    const auto selected = m_workspace.selection().current();
    const auto outline = selected ? session->outline(*selected) : nullptr;
    const bool isSide = session->project().hasLayer(m_side.toStdString());
    auto layer =
        isSide ? std::optional(session->project().layer(m_side.toStdString())) : session->inventory();
    m_back->setVisible(isSide);
    offer(!layer);
    if (!layer && outline == nullptr) {
        show(tr("No inventory yet"), tr("An inventory is what is edited and handed in."), false);
        return;
    }
    const auto scene = session->scene();
    const auto picture =
        scene != nullptr ? tr("picture %1").arg(dateText(scene->scene().date)) : tr("no picture");
    const QString between = QStringLiteral(" \u00b7 ");
    if (outline == nullptr) {
        const bool isWarning = isOutside(*layer, scene);
        show((session->project().isReadOnly() ? QString() : QString::fromUtf8(pencil)) +
                 nunatak::ui::text(outlines::titleOf(*layer)) + between + picture,
             isWarning ? outsideText(*layer, scene->scene().date)
             : isSide  ? tr("A side layer: what is drawn now comes into it, and may lie over glaciers.")
                       : tr("What is edited and handed in. Click a glacier to select it."),
             isWarning);
        return;
    }
    const auto info = session->project().layer(selected->layer);
    const bool isLocked = outlines::isReference(info.kind);
    // The pencil of the layers' panel is that of the inventory which the picture belongs into.
    const bool isEdited =
        !isLocked && !session->project().isReadOnly() &&
        ((info.kind != outlines::LayerKind::Inventory && !isSide) || (layer && info.name == layer->name));
    const auto isOfAnother = [&](const outlines::Outline& each) {
        return !isLocked && scene != nullptr && each.sceneId != scene->scene().id &&
               each.srcDate != scene->scene().date;
    };
    const auto& all = m_workspace.selection().outlines();
    if (all.size() > 1) {
        const bool isOut = isOutside(info, scene);
        const bool isWarning = isOut || std::any_of(all.begin(), all.end(), [&](const auto& ref) {
                                   const auto each = session->outline(ref);
                                   return each && isOfAnother(*each);
                               });
        show((isEdited ? QString::fromUtf8(pencil) : QString()) + nunatak::ui::text(outlines::titleOf(info)) +
                 between + tr("%1 glaciers").arg(QLocale().toString(all.size())) + between + picture,
             isOut ? outsideText(info, scene->scene().date)
             : isWarning
                 ? tr("What is selected is edited together; some of it is of other dates than the picture.")
                 : tr("What is selected is edited together."),
             isWarning);
        return;
    }
    auto state = isLocked ? tr("reference, locked") : stateText(outlines::stateOf(*outline));
    if (!isLocked && outline->reviewRecord.isOutdated) {
        state = tr("%1, changed since").arg(state);
    }
    const auto& date = outline->srcDate;
    const bool isAnother = isOfAnother(*outline);
    // Its own picture may date a glacier whatever the epoch.
    const bool isOut = isOutside(info, scene) && outline->sceneId != scene->scene().id;
    QStringList parts{(isEdited ? QString::fromUtf8(pencil) : QString()) +
                          nunatak::ui::text(outlines::titleOf(info)),
                      nunatak::ui::text(outlines::listedName(*outline)), state};
    if (isAnother) {
        parts << tr("outline %1").arg(dateText(date));
    }
    parts << picture;
    const auto tip =
        isLocked    ? tr("A reference is looked at and taken from; what is edited is the inventory.")
        : isOut     ? outsideText(info, scene->scene().date)
        : isAnother ? tr("The outline is %1, the picture %2: an edit dates the glacier by the picture.")
                          .arg(dateText(date), dateText(scene->scene().date))
                    : tr("What is edited, how far it is, and the picture that it is drawn on.");
    m_name = parts.at(1);
    show(parts.join(between), tip, isAnother || isOut);
}

void InventoryLine::offer(bool isWanted) {
    const auto& project = m_workspace.session()->project();
    const bool writable = isWanted && !project.isReadOnly();
    m_reference.clear();
    if (writable) {
        // What a model drew on these pictures before what came from elsewhere.
        const auto layers = project.layers();
        for (const auto kind : {outlines::LayerKind::Expert, outlines::LayerKind::Predicted}) {
            for (const auto& layer : layers) {
                if (layer.kind == kind) {
                    m_reference = nunatak::ui::text(layer.name);
                    m_start->setText(tr("Start it from %1").arg(nunatak::ui::text(outlines::titleOf(layer))));
                }
            }
        }
    }
    m_start->setVisible(writable && !m_reference.isEmpty());
    m_predict->setVisible(writable && m_workspace.session()->scene() != nullptr);
}

void InventoryLine::setSideLayer(const QString& layer) {
    m_side = layer;
    refresh();
}

void InventoryLine::setOutlinesShown(bool shown) {
    m_showsOutlines = shown;
    refresh();
}

void InventoryLine::show(const QString& sentence, const QString& tip, bool isWarning) {
    m_sentence =
        m_showsOutlines ? sentence : sentence + QStringLiteral(" \u00b7 ") + tr("outlines hidden (L)");
    m_label->setAccessibleName(m_sentence); // which is whole where the label has no room for it
    setToolTip(tip);
    if (isWarning != m_isWarning) {
        m_isWarning = isWarning;
        setProperty("warning", isWarning);
        m_label->style()->unpolish(m_label);
        m_label->style()->polish(m_label);
    }
    setVisible(true);
    place();
    // Others come and go at the same moment as what this line says.
    QMetaObject::invokeMethod(this, &InventoryLine::place, Qt::QueuedConnection);
}

void InventoryLine::fit(int room) {
    m_label->setText(m_sentence);
    layout()->activate(); // hidden buttons count until the layout has heard of it
    const int beyond = sizeHint().width() - room;
    constexpr int least = 60; // pixels of a name that still tells it from others
    const int name = m_label->fontMetrics().horizontalAdvance(m_name);
    if (beyond > 0 && name - beyond >= least) {
        const auto cut = m_label->fontMetrics().elidedText(m_name, Qt::ElideMiddle, name - beyond);
        QString words = m_sentence;
        m_label->setText(words.replace(words.indexOf(m_name), m_name.size(), cut));
        layout()->activate();
    }
}

void InventoryLine::place() {
    const auto standing = [this](const QRect& room) {
        std::vector<QRect> places;
        for (const auto* other :
             parentWidget()->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (other != this && other->isVisible() && other->y() <= 2 * margin &&
                !other->property("givesWay").toBool() && other->geometry().intersects(room)) {
                places.push_back(other->geometry());
            }
        }
        return places;
    };
    const int inView = parentWidget()->width() - 2 * margin;
    int room = inView;
    for (const QRect& taken : standing(QRect(margin, margin, inView, height()))) {
        room = std::min(room, taken.left() - 2 * margin);
    }
    fit(room);
    if (sizeHint().width() > room) {
        fit(inView); // below what stands there
    }
    resize(sizeHint().boundedTo(QSize(inView, parentWidget()->height())));
    QRect mine(QPoint(margin, margin), size());
    for (const QRect& taken : standing(mine)) {
        mine.moveTop(std::max(mine.top(), taken.bottom() + margin / 2));
    }
    move(mine.topLeft());
    raise();
}

bool InventoryLine::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) {
        // Once the others at that edge have found their new places, which they look for at the same event.
        QMetaObject::invokeMethod(this, &InventoryLine::place, Qt::QueuedConnection);
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace nunatak::ui::layers
