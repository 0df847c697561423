// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/layer_panel.h"

#include "charts/owned.h"

#include <QColorDialog>
#include <QEvent>
#include <QHeaderView>
#include <QIcon>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui {

namespace {

enum Column { Name, Kind, Glaciers };
enum Role { KindRole = Qt::UserRole, ColorRole, DateRole, CountRole };

QIcon swatch(const QColor& color) {
    QPixmap pixmap(28, 28);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color.darker(160), 1));
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(1, 2, 12, 10), 2, 2);
    return QIcon(pixmap);
}

} // namespace

QString kindText(outlines::LayerKind kind) {
    switch (kind) {
    case outlines::LayerKind::Predicted:
        return LayerPanel::tr("predicted");
    case outlines::LayerKind::Expert:
        return LayerPanel::tr("expert");
    case outlines::LayerKind::Corrected:
        return LayerPanel::tr("corrected");
    }
    return {};
}

LayerPanel::LayerPanel(QWidget* parent) : QWidget(parent) {
    m_tree = owned<QTreeWidget>(this);
    m_tree->setObjectName(QStringLiteral("layers"));
    m_tree->setHeaderLabels({tr("Layer"), tr("Kind"), tr("Glaciers")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setDragDropMode(QAbstractItemView::InternalMove);
    m_tree->setDefaultDropAction(Qt::MoveAction);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(Kind, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(Glaciers, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionsMovable(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->viewport()->installEventFilter(this);

    setMinimumWidth(250);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);

    connect(m_tree, &QTreeWidget::itemChanged, this, &LayerPanel::onItemChanged);
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this,
            [this](QTreeWidgetItem* item, int) { Q_EMIT zoomRequested(item->text(Name)); });
    connect(m_tree, &QTreeWidget::customContextMenuRequested, this, &LayerPanel::showMenu);
}

void LayerPanel::setLayers(const std::vector<LayerRow>& rows) {
    const auto shown = layers();
    const bool same = std::equal(rows.begin(), rows.end(), shown.begin(), shown.end(),
                                 [](const auto& a, const auto& b) { return a.name == b.name; });
    const QString current = currentLayer();
    m_filling = true;
    // The same layers keep their items: whoever changes one is often in the middle of a click on it.
    if (!same) {
        m_tree->clear();
        for (const auto& row : rows) {
            auto* item = owned<QTreeWidgetItem>(m_tree);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable |
                           Qt::ItemIsDragEnabled);
            item->setText(Name, row.name);
            item->setTextAlignment(Glaciers, Qt::AlignRight | Qt::AlignVCenter);
            if (row.name == current) {
                m_tree->setCurrentItem(item);
            }
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fill(*m_tree->topLevelItem(static_cast<int>(i)), rows[i]);
    }
    m_filling = false;
}

void LayerPanel::fill(QTreeWidgetItem& item, const LayerRow& row) {
    item.setIcon(Name, swatch(row.color));
    item.setCheckState(Name, row.visible ? Qt::Checked : Qt::Unchecked);
    item.setText(Kind, kindText(row.kind));
    item.setText(Glaciers, QLocale().toString(row.glaciers));
    item.setData(Name, KindRole, static_cast<int>(row.kind));
    item.setData(Name, ColorRole, row.color);
    item.setData(Name, DateRole, row.date);
    item.setData(Name, CountRole, row.glaciers);
    item.setToolTip(Name, tr("Layer %1, %2. Double-click shows all of it.")
                              .arg(row.name, row.date.isEmpty() ? tr("no date") : row.date));
}

LayerRow LayerPanel::rowOf(const QTreeWidgetItem* item) const {
    LayerRow row;
    row.name = item->text(Name);
    row.kind = static_cast<outlines::LayerKind>(item->data(Name, KindRole).toInt());
    row.date = item->data(Name, DateRole).toString();
    row.glaciers = item->data(Name, CountRole).toInt();
    row.color = item->data(Name, ColorRole).value<QColor>();
    row.visible = item->checkState(Name) == Qt::Checked;
    return row;
}

std::vector<LayerRow> LayerPanel::layers() const {
    std::vector<LayerRow> rows;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        rows.push_back(rowOf(m_tree->topLevelItem(i)));
    }
    return rows;
}

QString LayerPanel::currentLayer() const {
    const auto* item = m_tree->currentItem();
    return item != nullptr ? item->text(Name) : QString();
}

void LayerPanel::onItemChanged(QTreeWidgetItem* item, int column) {
    if (!m_filling && column == Name) {
        Q_EMIT visibilityChanged(item->text(Name), item->checkState(Name) == Qt::Checked);
    }
}

void LayerPanel::chooseColor(QTreeWidgetItem* item) {
    const QString layer = item->text(Name);
    auto* dialog = owned<QColorDialog>(item->data(Name, ColorRole).value<QColor>(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of %1").arg(layer));
    connect(dialog, &QColorDialog::colorSelected, this,
            [this, layer](const QColor& color) { Q_EMIT colorChanged(layer, color); });
    dialog->open();
}

void LayerPanel::showMenu(const QPoint& position) {
    auto* item = m_tree->itemAt(position);
    if (item == nullptr) {
        return;
    }
    const QString layer = item->text(Name);
    auto* menu = owned<QMenu>(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(QIcon::fromTheme(QStringLiteral("zoom-fit-selection")), tr("Zoom to layer"), this,
                    [this, layer] { Q_EMIT zoomRequested(layer); });
    menu->addAction(QIcon::fromTheme(QStringLiteral("color-picker")), tr("Colour…"), this, [this, layer] {
        for (auto* found : m_tree->findItems(layer, Qt::MatchExactly, Name)) {
            chooseColor(found);
        }
    });
    menu->addAction(QIcon::fromTheme(QStringLiteral("document-export")), tr("Export…"), this,
                    [this, layer] { Q_EMIT exportRequested(layer); });
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

bool LayerPanel::eventFilter(QObject* watched, QEvent* event) {
    // The view moves the rows after this event, so the new order is there one turn of the event loop later.
    if (watched == m_tree->viewport() && event->type() == QEvent::Drop) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT orderChanged(); }, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace nunatak::ui
