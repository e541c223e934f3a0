"""What other programs read in the files that a map was exported as: a PDF by PDFium, rows by GDAL and GeoPandas."""

import json
import sys

import geopandas
import pypdfium2
import pypdfium2.raw

pdf, geojson, parquet = sys.argv[1:4]
page = pypdfium2.PdfDocument(pdf)[0]
kinds = [each.type for each in page.get_objects()]
image = page.render(scale=96 / 72).to_pil().convert("RGB")
colours = image.getcolors(1 << 24)
rows = [geopandas.read_file(geojson), geopandas.read_parquet(parquet)]
print(
    json.dumps(
        {
            "text": page.get_textpage().get_text_range(),
            "size": image.size,
            "paths": kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH),
            "images": kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE),
            "colours": {"#%02x%02x%02x" % colour: count for count, colour in colours if count > 200},
            "rows": [
                {
                    "count": len(frame),
                    "bounds": [round(float(each), 6) for each in frame.total_bounds],
                    "people": [None if value != value else value for value in frame["people"].tolist()],
                    "crs": frame.crs.to_string(),
                }
                for frame in rows
            ],
        }
    )
)
