"""First names that are given to children in Wales, Welsh, English and from further away.

A compact list of our own. That these names are in use can be seen in the lists of baby names that the Office for National
Statistics publishes under the Open Government Licence v3.0; names only, in no order that means anything.
"""

_WELSH = """
Aled Alun Alwen Alwyn Alys Aneirin Aneurin Angharad Anest Anni Anwen Arwel Arwen Awen Bedwyr Beca Bethan Bleddyn Branwen
Briallen Bronwen Bryn Brychan Buddug Cadi Cadog Cadwgan Cai Cain Caradog Cari Carwen Carwyn Carys Casi Catrin Cefin Ceinwen
Ceri Cerys Ceridwen Cian Clwyd Cledwyn Crisiant Cynan Dafydd Dai Deian Deiniol Deio Delun Delyth Derfel Dewi Deryn Dilwen
Dilwyn Dilys Dion Dwynwen Dyfan Dyfed Dyfrig Dylan Ebrill Efa Efan Eifion Eilir Einir Eira Eirian Eiriol Eirlys Elan Elain
Eleri Elen Elfed Elgan Eli Elin Elinor Eluned Elis Ellis Ela Elwen Elwyn Emlyn Emrys Emyr Enfys Enid Enlli Erin Eryn Esyllt
Eurgain Euros Evan Fflur Ffion Ffraid Gareth Garmon Gerallt Geraint Gethin Glain Glenys Glesni Glyn Greta Gruff Gruffudd
Gruffydd Guto Gwawr Gwen Gwenan Gwendolen Gwenllian Gwenlli Gwenno Gwern Gwilym Gwion Gwyn Gwyneth Gwynfor Gwynne Hafwen
Hanna Harri Hari Haul Heledd Heulwen Hefin Heddwyn Hopcyn Huw Hywel Iago Iestyn Ieuan Ifan Ifor Iolo Iona Iori Iorwerth Islwyn
Iwan Jac Jâms Jencyn Leisa Leusa Llew Llewelyn Lleu Lleucu Llinos Lliwen Llio Llion Llŷr Loti Lowri Luned Lwsi Mabli Macsen
Madog Magi Mair Mali Manon Marared Mared Marged Mari Martha Math Megan Mei Meilir Meilyr Meinir Meirion Mererid Meleri Menna
Meredydd Merfyn Meurig Mirain Moi Moli Morfydd Morgan Morus Myfanwy Myrddin Nansi Nanw Ned Nel Nela Nerys Nest Nia Non Olwen
Osian Owain Owen Pegi Penri Prys Prydwen Rheinallt Rhian Rhiannon Rhisiart Rhodri Rhun Rhydian Rhys Robat Ruadh Sali Sara
Seren Siân Siani Sioned Sion Siôn Siwan Steffan Swyn Swyn Tadgh Taliesin Tal Tanwen Tegan Tegid Tegwen Teifion Teleri Tesni
Tirion Tomi Tomos Trefor Trystan Tudur Tudful Twm Wil Wyn Ynyr Ywain
"""
_ENGLISH = """
Aaron Abbie Abigail Adam Adele Aidan Alan Albert Albie Alex Alexander Alexandra Alexis Alfie Alfred Alice Alicia Alison
Amanda Amber Amelia Amelie Amy Andrea Andrew Angela Anna Annabelle Anne Annie Anthony Antonia April Arabella Archie Ariana
Arlo Arthur Ashley Ashton Aubrey Aurora Austin Autumn Ava Ayla Bailey Barnaby Beatrice Beau Bella Ben Benjamin Bentley
Beth Bethany Blake Bobby Bonnie Brandon Brian Brody Bryony Caleb Callum Cameron Carl Carla Carly Carol Caroline Carter
Casey Catherine Charis Charles Charley Charlie Charlotte Chelsea Chloe Chris Christian Christina Christopher Ciaran Claire
Clara Cody Colin Connor Conor Courtney Craig Daisy Dan Daniel Danielle Darcey Darcy Darren David Dean Debbie Deborah Declan
Demi Dominic Donna Dorothy Dougie Duncan Eddie Eden Edith Edward Edwin Eleanor Elena Eliana Elijah Eliza Elizabeth Ella
Ellen Ellie Elliot Elliott Elsie Emilia Emily Emma Eric Erica Esme Esther Ethan Eva Evelyn Evie Ezra Faith Felicity Felix
Fern Finlay Finley Finn Fiona Florence Frances Francesca Frank Frankie Fraser Fred Freddie Freddy Frederick Freya Gabriel
Gabriella Gary Gavin Gemma George Georgia Georgina Grace Gracie Graham Grayson Hailey Hannah Harley Harper Harriet Harrison
Harry Harvey Hayden Hayley Hazel Heather Heidi Helen Henry Holly Hollie Hope Hudson Hugo Hunter Imogen India Iris Isaac
Isabel Isabella Isabelle Isla Isobel Ivy Jack Jackson Jacob Jade Jake James Jamie Jan Jane Janet Jasmine Jason Jasper
Jayden Jean Jemima Jennifer Jenny Jenson Jess Jesse Jessica Jessie Jill Joan Joanna Joanne Jodie Joe Joel John Jonah
Jonathan Jordan Joseph Josephine Josh Joshua Joy Jude Judith Julia Julian Julie June Karen Karl Kate Katherine Kathryn Katie
Kay Kayden Kayla Kayleigh Keira Keith Kelly Kelsey Ken Kenneth Kerry Kevin Kian Kieran Kim Kimberley Kirsty Kyle Kyra Lacey
Laila Laura Lauren Layla Leah Lee Leo Leon Leonard Lewis Lexi Lexie Liam Libby Lillian Lilly Lily Lincoln Linda Lisa Logan
Lola Lottie Louie Louis Louisa Louise Luca Lucas Lucy Luka Luke Luna Lydia Lyra Mabel Maddie Maddison Madison Maia Maisie
Marcus Margaret Margot Maria Mark Martin Mary Mason Matilda Matthew Matty Max Maximilian Maya Melanie Melissa Mia Michael
Michelle Mila Miles Millie Milly Milo Minnie Molly Myla Nancy Naomi Natalie Natasha Nathan Nathaniel Neil Niamh Nicholas
Nicola Nicole Noah Noel Nora Oakley Oliver Olivia Ollie Orla Oscar Otis Otto Paige Patricia Patrick Paul Paula Penelope
Penny Peter Phillip Philip Phoebe Pippa Poppy Preston Quinn Rachel Ralph Rebecca Reece Reggie Reuben Rhiannan Rhianna Ria
Richard Riley Robert Robin Robyn Roman Ronnie Rory Rosa Rosalie Rose Rosie Rowan Roxanne Ruby Rufus Rupert Russell Ruth Ryan
Sadie Sally Sam Samantha Samuel Sandra Sarah Saskia Savannah Scarlett Scott Sean Sebastian Sharon Shaun Shannon Sienna
Simon Sonny Sophia Sophie Spencer Stacey Stanley Stella Stephanie Stephen Steven Stuart Summer Susan Sydney Tabitha Tallulah
Tara Taylor Teddy Teresa Terry Tess Thea Theo Theodore Thomas Tia Tilly Tim Timothy Tobias Toby Todd Tom Tommy Tony Tracey
Trinity Tristan Tyler Vanessa Vera Victor Victoria Vincent Violet Vivienne Wendy Will William Willow Winnie Winter Xander
Yasmin Zac Zach Zachary Zack Zara Zoe Zoey
"""
_FURTHER = """
Aadam Aaliyah Abdul Abdullah Adnan Ahmad Ahmed Aisha Aleksander Aleksandra Ali Alina Amaan Amara Amina Aminah Amir Anaya
Andrei Antoni Anya Arjun Arya Ayaan Ayesha Aziz Bartosz Bilal Bogdan Chidi Chioma Dawid Emeka Fatima Fatimah Filip Gabriela
Hafsa Hamza Hana Haris Hasan Hassan Hussain Ibrahim Idris Ifeoma Igor Ikram Imran Inaya Ishaan Ismail Jakub Jan Julia
Kacper Kamil Karim Khadija Khadijah Kiran Krish Lena Leila Maja Malak Mariam Maryam Mateusz Mikolaj Mohamed Mohammad
Mohammed Muhammad Musa Mustafa Nadia Natalia Nikola Noor Nur Ola Oliwia Oluwaseun Omar Piotr Priya Rahma Rania Rayyan
Safiya Salma Samir Samira Sana Sofia Sumaya Syed Szymon Tariq Tomasz Umar Usman Wiktoria Yahya Yasin Yousef Youssef Yusuf
Zahra Zain Zainab Zakariya Zayn Zofia Zuzanna
"""

FIRST_NAMES = frozenset((_WELSH + _ENGLISH + _FURTHER).split())
#: Names that are words, months or seasons too: one of these alone, at the head of a clause, is more likely the word.
ALSO_WORDS = frozenset(
    [
        "April",
        "Autumn",
        "Awen",
        "Cain",
        "Dawn",
        "Dean",
        "Ebrill",
        "Faith",
        "Frank",
        "Glyn",
        "Grace",
        "Haul",
        "Hazel",
        "Heather",
        "Hope",
        "Hunter",
        "Iris",
        "Ivy",
        "Jade",
        "Joy",
        "June",
        "Lee",
        "Mai",
        "Mark",
        "May",
        "Max",
        "Mei",
        "Miles",
        "Morgan",
        "Penny",
        "Pearl",
        "Rose",
        "Ruby",
        "Seren",
        "Summer",
        "Tal",
        "Taylor",
        "Violet",
        "Will",
        "Willow",
        "Winter",
        "Wil",
        "Mason",
    ]
)
