/** Regions that the traffic counts of 2019 could be had for. */
export const trafficRegions: readonly string[] = [
  "East Midlands",
  "East of England",
  "London",
  "Merseyside",
  "North East",
  "North West",
  "Scotland",
  "South East",
  "South West",
  "Wales",
  "West Midlands",
  "Yorkshire and The Humber",
];

const AUTHORITIES = `
Aberdeen City; Aberdeenshire; Angus; Argyll and Bute; Barking and Dagenham; Barnet; Barnsley;
Bath and North East Somerset; Bedford; Bedfordshire; Bexley; Birmingham; Blackburn with Darwen; Blackpool;
Blaenau Gwent; Bolton; Bournemouth; Bracknell Forest; Bradford; Brent; Bridgend; Brighton and Hove;
Bristol, City of; Bromley; Buckinghamshire; Bury; Caerphilly; Calderdale; Cambridgeshire; Camden; Cardiff;
Carmarthenshire; Central Bedfordshire; Ceredigion; Cheshire; City of Edinburgh; City of London; Clackmannanshire;
Comhairle nan Eilean Siar; Conwy; Cornwall excluding Isles of Scilly; Coventry; Croydon; Cumbria; Darlington;
Denbighshire; Derby; Derbyshire; Devon; Doncaster; Dorset; Dudley; Dumfries and Galloway; Dundee City; Durham;
Ealing; East Ayrshire; East Cheshire; East Dunbartonshire; East Lothian; East Renfrewshire;
East Riding of Yorkshire; East Sussex; Enfield; Essex; Falkirk; Fife; Flintshire; Gateshead; Glasgow City;
Gloucestershire; Greenwich; Gwynedd; Hackney; Halton; Hammersmith and Fulham; Hampshire; Haringey; Harrow;
Hartlepool; Havering; Herefordshire, County of; Hertfordshire; Highland; Hillingdon; Hounslow; Inverclyde;
Isle of Anglesey; Isle of Wight; Isles of Scilly; Islington; Kensington and Chelsea; Kent;
Kingston upon Hull, City of; Kingston upon Thames; Kirklees; Knowsley; Lambeth; Lancashire; Leeds; Leicester;
Leicestershire; Lewisham; Lincolnshire; Liverpool; Luton; Manchester; Medway; Merthyr Tydfil; Merton;
Middlesbrough; Midlothian; Milton Keynes; Monmouthshire; Moray; Neath Port Talbot; Newcastle upon Tyne; Newham;
Newport; Norfolk; North Ayrshire; North East Lincolnshire; North Lanarkshire; North Lincolnshire; North Somerset;
North Tyneside; North Yorkshire; Northamptonshire; Northumberland; Nottingham; Nottinghamshire; Oldham;
Orkney Islands; Oxfordshire; Pembrokeshire; Perth and Kinross; Peterborough; Plymouth; Poole; Portsmouth; Powys;
Reading; Redbridge; Redcar and Cleveland; Renfrewshire; Rhondda, Cynon, Taff; Richmond upon Thames; Rochdale;
Rotherham; Rutland; Salford; Sandwell; Scottish Borders; Sefton; Sheffield; Shetland Islands; Shropshire; Slough;
Solihull; Somerset; South Ayrshire; South Gloucestershire; South Lanarkshire; South Tyneside; Southampton;
Southend-on-Sea; Southwark; St. Helens; Staffordshire; Stirling; Stockport; Stockton-on-Tees; Stoke-on-Trent;
Suffolk; Sunderland; Surrey; Sutton; Swansea; Swindon; Tameside; Telford and Wrekin; The Vale of Glamorgan;
Thurrock; Torbay; Torfaen; Tower Hamlets; Trafford; Wakefield; Walsall; Waltham Forest; Wandsworth; Warrington;
Warwickshire; West Berkshire; West Cheshire; West Dunbartonshire; West Lothian; West Sussex; Westminster; Wigan;
Wiltshire; Windsor and Maidenhead; Wirral; Wokingham; Wolverhampton; Worcestershire; Wrexham; York
`;

/** Local authorities that the traffic counts of 2019 could be had for, as the service spelled them. */
export const trafficAuthorities: readonly string[] = AUTHORITIES.split(";").map((name) => name.trim());
