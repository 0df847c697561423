// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/layer_panel.h"

#include "ui/base/empty_hint.h"
#include "ui/base/owned.h"

#include <QEvent>
#include <QHeaderView>
#include <QIcon>
#include <QLocale>
#include <QMenu>
#include <QStringList>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::layers {

using session::LineLook;

namespace {

enum Column { Name, Kind, Glaciers };
enum Role {
    NameRole = Qt::UserRole,
    TitleRole,
    KindRole,
    ColorRole,
    WidthRole,
    OpacityRole,
    DateRole,
    CountRole,
    ChangeableRole,
    EditedRole
};

QString nameOf(const QTreeWidgetItem* item) {
    return item->data(Name, NameRole).toString();
}

/// A pencil: what is edited. A lock: only looked at.
QIcon kindIcon(const LayerRow& row) {
    if (row.isEdited) {
        return QIcon::fromTheme(QStringLiteral("document-edit"));
    }
    return outlines::isReference(row.kind) ? QIcon::fromTheme(QStringLiteral("object-locked")) : QIcon();
}

QString tipOf(const LayerRow& row) {
    const QLocale locale;
    QStringList lines;
    if (row.kind == outlines::LayerKind::Inventory) {
        lines << (row.isEdited ? LayerPanel::tr("%1, of %2: what is edited and handed in.")
                               : LayerPanel::tr("%1, of %2."))
                     .arg(row.title, row.epoch);
    } else if (outlines::isReference(row.kind)) {
        lines << LayerPanel::tr(
                     "%1, %2: a reference, which is looked at and taken from. It is drawn where it "
                     "differs from the inventory.")
                     .arg(row.title, row.date.isEmpty() ? LayerPanel::tr("no date") : row.date);
    } else {
        lines << (row.isEdited
                      ? LayerPanel::tr("%1: a side layer, which may lie over glaciers; it is edited now.")
                      : LayerPanel::tr("%1: a side layer, which may lie over glaciers."))
                     .arg(row.title);
    }
    if (row.glaciers > 0 && !outlines::isReference(row.kind)) {
        lines << LayerPanel::tr("%1 of %2 reviewed: %3 accepted, %4 doubtful, %5 no glaciers")
                         .arg(locale.toString(row.accepted + row.doubtful + row.removed - row.outdated),
                              locale.toString(row.glaciers), locale.toString(row.accepted),
                              locale.toString(row.doubtful), locale.toString(row.removed)) +
                     (row.outdated > 0
                          ? LayerPanel::tr(", %1 changed since").arg(locale.toString(row.outdated))
                          : QString());
    }
    lines << LayerPanel::tr("Double-click shows all of it, F2 renames it.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString kindText(outlines::LayerKind kind) {
    switch (kind) {
    case outlines::LayerKind::Predicted:
        return LayerPanel::tr("predicted");
    case outlines::LayerKind::Expert:
        return LayerPanel::tr("expert");
    case outlines::LayerKind::Inventory:
        return LayerPanel::tr("inventory");
    case outlines::LayerKind::Side:
        return LayerPanel::tr("side layer");
    }
    return {};
}

LayerPanel::LayerPanel(QWidget* parent) : QWidget(parent) {
    m_tree = owned<QTreeWidget>(this);
    m_tree->setObjectName(QStringLiteral("layers"));
    m_tree->setHeaderLabels({tr("Layer"), QString(), tr("No.")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setDragDropMode(QAbstractItemView::InternalMove);
    m_tree->setDefaultDropAction(Qt::MoveAction);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setIconSize(QSize(14, 14));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    // As wide as what is in them, which this panel sees to: a header by itself measures all rows at each
    // change of one.
    m_tree->header()->setSectionResizeMode(Kind, QHeaderView::Fixed);
    m_tree->header()->setSectionResizeMode(Glaciers, QHeaderView::Fixed);
    m_tree->header()->setMinimumSectionSize(16);
    m_tree->header()->setSectionsMovable(false);
    narrowColumns();
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->viewport()->installEventFilter(this);
    showWhileEmpty(m_tree, tr("No outlines yet: predict them, or import some."));

    m_style = owned<LayerStyleBar>();
    m_style->setEnabled(false);

    setMinimumWidth(250);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_style);

    connect(m_tree, &QTreeWidget::itemChanged, this, &LayerPanel::onItemChanged);
    connect(m_tree, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item, int) { Q_EMIT zoomRequested(nameOf(item)); });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &LayerPanel::onCurrentChanged);
    connect(m_style, &LayerStyleBar::lookChanged, this, &LayerPanel::changeLook);
    connect(m_style, &LayerStyleBar::moveRequested, this, &LayerPanel::moveCurrent);
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
        narrowColumns();
        for (const auto& row : rows) {
            auto* item = owned<QTreeWidgetItem>(m_tree);
            item->setData(Name, NameRole, row.name);
            item->setTextAlignment(Glaciers, Qt::AlignRight | Qt::AlignVCenter);
            if (row.name == current) {
                m_tree->setCurrentItem(item);
            }
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        fill(*m_tree->topLevelItem(static_cast<int>(i)), rows[i]);
    }
    if (m_tree->currentItem() == nullptr && !rows.empty()) {
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
    }
    m_filling = false;
    onCurrentChanged();
}

void LayerPanel::setLayer(const LayerRow& row) {
    if (auto* item = itemOf(row.name); item != nullptr) {
        m_filling = true;
        fill(*item, row);
        m_filling = false;
        if (item == m_tree->currentItem()) {
            onCurrentChanged();
        }
    }
}

void LayerPanel::narrowColumns() {
    constexpr int iconColumn = 26; // pixels
    m_tree->header()->resizeSection(Kind, iconColumn);
    m_tree->header()->resizeSection(Glaciers, m_tree->header()->sectionSizeHint(Glaciers));
}

QTreeWidgetItem* LayerPanel::itemOf(const QString& layer) const {
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        if (nameOf(m_tree->topLevelItem(i)) == layer) {
            return m_tree->topLevelItem(i);
        }
    }
    return nullptr;
}

void LayerPanel::fill(QTreeWidgetItem& item, const LayerRow& row) {
    const auto flags =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled;
    item.setFlags(row.canBeChanged ? flags | Qt::ItemIsEditable : flags);
    item.setText(Name, row.title);
    item.setIcon(Name, lineSwatch(row.look, outlines::isReference(row.kind)));
    item.setCheckState(Name, row.visible ? Qt::Checked : Qt::Unchecked);
    // An icon says it, and leaves the room to the name; in words it is in the tip.
    item.setIcon(Kind, kindIcon(row));
    item.setData(Kind, Qt::AccessibleTextRole, kindText(row.kind));
    QFont weight = m_tree->font();
    weight.setBold(row.isEdited);
    item.setFont(Name, weight);
    item.setText(Glaciers, QLocale().toString(row.glaciers));
    item.setData(Name, TitleRole, row.title);
    item.setData(Name, KindRole, static_cast<int>(row.kind));
    item.setData(Name, ColorRole, row.look.color);
    item.setData(Name, WidthRole, row.look.width);
    item.setData(Name, OpacityRole, row.look.opacity);
    item.setData(Name, DateRole, row.date);
    item.setData(Name, CountRole, row.glaciers);
    item.setData(Name, ChangeableRole, row.canBeChanged);
    item.setData(Name, EditedRole, row.isEdited);
    const auto tip = tipOf(row);
    for (const int column : {Name, Kind, Glaciers}) {
        item.setToolTip(column, tip);
    }
    const int wanted = m_tree->sizeHintForIndex(m_tree->indexFromItem(&item, Glaciers)).width();
    if (wanted > m_tree->header()->sectionSize(Glaciers)) {
        m_tree->header()->resizeSection(Glaciers, wanted);
    }
}

LayerRow LayerPanel::rowOf(const QTreeWidgetItem* item) const {
    LayerRow row;
    row.name = nameOf(item);
    row.title = item->data(Name, TitleRole).toString();
    row.canBeChanged = item->data(Name, ChangeableRole).toBool();
    row.kind = static_cast<outlines::LayerKind>(item->data(Name, KindRole).toInt());
    row.date = item->data(Name, DateRole).toString();
    row.glaciers = item->data(Name, CountRole).toInt();
    row.look = {item->data(Name, ColorRole).value<QColor>(), item->data(Name, WidthRole).toDouble(),
                item->data(Name, OpacityRole).toDouble()};
    row.visible = item->checkState(Name) == Qt::Checked;
    row.isEdited = item->data(Name, EditedRole).toBool();
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
    return item != nullptr ? nameOf(item) : QString();
}

void LayerPanel::highlight(const QString& layer) {
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        if (auto* item = m_tree->topLevelItem(row); nameOf(item) == layer) {
            m_tree->setCurrentItem(item);
        }
    }
}

void LayerPanel::onItemChanged(QTreeWidgetItem* item, int column) {
    if (m_filling || column != Name) {
        return;
    }
    const auto title = item->text(Name).trimmed();
    const auto shown = item->data(Name, TitleRole).toString();
    if (title != shown) {
        m_filling = true;
        item->setText(Name, shown); // until the project has taken it
        m_filling = false;
        Q_EMIT renameRequested(nameOf(item), title);
    } else {
        Q_EMIT visibilityChanged(nameOf(item), item->checkState(Name) == Qt::Checked);
    }
}

void LayerPanel::onCurrentChanged() {
    auto* item = m_tree->currentItem();
    m_style->setEnabled(item != nullptr);
    if (item != nullptr) {
        const int index = m_tree->indexOfTopLevelItem(item);
        m_style->setLook(rowOf(item).look, index > 0, index + 1 < m_tree->topLevelItemCount());
    }
}

void LayerPanel::changeLook(const LineLook& look) {
    if (m_tree->currentItem() != nullptr) {
        Q_EMIT lookChanged(currentLayer(), look);
    }
}

void LayerPanel::moveCurrent(int rows) {
    const int from = m_tree->indexOfTopLevelItem(m_tree->currentItem());
    const int to = from + rows;
    if (from < 0 || to < 0 || to >= m_tree->topLevelItemCount()) {
        return;
    }
    m_filling = true;
    auto* item = m_tree->takeTopLevelItem(from);
    m_tree->insertTopLevelItem(to, item);
    m_tree->setCurrentItem(item);
    m_filling = false;
    Q_EMIT orderChanged();
}

bool LayerPanel::hasInventory() const {
    const auto rows = layers();
    return std::any_of(rows.begin(), rows.end(),
                       [](const auto& row) { return row.kind == outlines::LayerKind::Inventory; });
}

void LayerPanel::showMenu(const QPoint& position) {
    auto* item = m_tree->itemAt(position);
    if (item == nullptr) {
        return;
    }
    m_tree->setCurrentItem(item); // what the menu and the bar below speak of
    const auto row = rowOf(item);
    const QString layer = row.name;
    auto* menu = owned<QMenu>(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(QIcon::fromTheme(QStringLiteral("zoom-fit-selection")), tr("Zoom to layer"), this,
                    [this, layer] { Q_EMIT zoomRequested(layer); });
    menu->addAction(QIcon::fromTheme(QStringLiteral("color-picker")), tr("Colour…"), m_style,
                    &LayerStyleBar::chooseColor);
    menu->addAction(QIcon::fromTheme(QStringLiteral("document-export")), tr("Export…"), this,
                    [this, layer] { Q_EMIT exportRequested(layer); });
    menu->addSeparator();
    menu->addAction(QIcon::fromTheme(QStringLiteral("document-edit-verify")), tr("Check outlines"), this,
                    [this, layer] { Q_EMIT checkRequested(layer); })
        ->setObjectName(QStringLiteral("checkLayer"));
    menu->addAction(QIcon::fromTheme(QStringLiteral("format-connect-node")), tr("Bring together…"), this,
                    [this, layer] { Q_EMIT bringTogetherRequested(layer); })
        ->setObjectName(QStringLiteral("bringLayerTogether"));
    if (row.canBeChanged) {
        if (row.kind == outlines::LayerKind::Side) {
            menu->addSeparator();
            auto* edit =
                menu->addAction(QIcon::fromTheme(QStringLiteral("document-edit")),
                                row.isEdited ? tr("Edit the inventory again") : tr("Edit this layer"), this,
                                [this, layer, isEdited = row.isEdited] {
                                    Q_EMIT editRequested(isEdited ? QString() : layer);
                                });
            edit->setObjectName(QStringLiteral("editLayer"));
        }
        if (outlines::isReference(row.kind)) {
            menu->addSeparator();
            auto* over = menu->addAction(QIcon::fromTheme(QStringLiteral("document-edit")),
                                         tr("Take over into the inventory…"), this,
                                         [this, layer] { Q_EMIT takeOverRequested(layer); });
            over->setObjectName(QStringLiteral("takeOver"));
            over->setEnabled(hasInventory());
            menu->addAction(tr("Start an inventory from this layer"), this,
                            [this, layer] { Q_EMIT startInventoryRequested(layer); })
                ->setObjectName(QStringLiteral("startInventoryHere"));
        } else if (row.kind == outlines::LayerKind::Inventory) {
            menu->addSeparator();
            menu->addAction(QIcon::fromTheme(QStringLiteral("document-edit")),
                            tr("Start an inventory of the picture's time from this one"), this,
                            [this, layer] { Q_EMIT startInventoryRequested(layer); })
                ->setObjectName(QStringLiteral("startAnotherEpochHere"));
        }
        menu->addSeparator();
        menu->addAction(QIcon::fromTheme(QStringLiteral("edit-rename")), tr("Rename"), m_tree,
                        [this, layer] {
                            if (auto* named = itemOf(layer); named != nullptr) {
                                m_tree->editItem(named, Name);
                            }
                        })
            ->setObjectName(QStringLiteral("renameLayer"));
        menu->addAction(QIcon::fromTheme(QStringLiteral("edit-delete")), tr("Remove layer"), this,
                        [this, layer] { Q_EMIT removeRequested(layer); })
            ->setObjectName(QStringLiteral("removeLayer"));
    }
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

} // namespace nunatak::ui::layers
