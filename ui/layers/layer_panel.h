// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "ui/layers/layer_style_bar.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

class QTreeWidget;
class QTreeWidgetItem;

namespace nunatak::ui::layers {

/// What the panel shows of one outline layer.
struct LayerRow {
    QString name;  ///< of its table
    QString title; ///< what people read
    outlines::LayerKind kind = outlines::LayerKind::Expert;
    QString date;
    QString epoch{}; ///< of an inventory
    int glaciers = 0;
    int accepted = 0; ///< of them, as the next one
    int doubtful = 0;
    int removed = 0;
    int outdated = 0; ///< of those three: changed since
    session::LineLook look;
    bool visible = true;
    bool isEdited = false; ///< the layer that edits go to: it has the pencil
    bool canBeChanged = true;
};

/// The outline layers, topmost first: which are drawn, and how, and which one is edited. The highlighted row
/// is the one whose looks the bar below changes, nothing else.
class LayerPanel : public QWidget {
    Q_OBJECT

public:
    explicit LayerPanel(QWidget* parent = nullptr);

    void setLayers(const std::vector<LayerRow>& rows);
    /// One of them has changed.
    void setLayer(const LayerRow& row);
    /// As the user left them, topmost first.
    std::vector<LayerRow> layers() const;
    /// The one that is highlighted; empty when none is.
    QString currentLayer() const;
    /// Highlights the row of a layer, where there is one.
    void highlight(const QString& layer);

Q_SIGNALS:
    void visibilityChanged(const QString& layer, bool visible);
    void lookChanged(const QString& layer, const nunatak::ui::session::LineLook& look);
    void orderChanged();
    void zoomRequested(const QString& layer);
    void exportRequested(const QString& layer);
    void checkRequested(const QString& layer);
    void bringTogetherRequested(const QString& layer);
    void renameRequested(const QString& layer, const QString& title);
    void removeRequested(const QString& layer);
    /// A side layer; empty: the inventory again.
    void editRequested(const QString& layer);
    /// From any layer but a side layer.
    void startInventoryRequested(const QString& layer);
    void takeOverRequested(const QString& layer);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(QTreeWidgetItem& item, const LayerRow& row);
    /// As if nothing were in those that are as wide as what is in them.
    void narrowColumns();
    QTreeWidgetItem* itemOf(const QString& layer) const;
    bool hasInventory() const;
    void onItemChanged(QTreeWidgetItem* item, int column);
    void onCurrentChanged();
    void changeLook(const session::LineLook& look);
    void moveCurrent(int rows);
    void showMenu(const QPoint& position);
    LayerRow rowOf(const QTreeWidgetItem* item) const;

    QTreeWidget* m_tree = nullptr;
    LayerStyleBar* m_style = nullptr;
    bool m_filling = false;
};

/// The kind as people read it.
QString kindText(outlines::LayerKind kind);

} // namespace nunatak::ui::layers
